//! The mailbox of the demonstration: every letter the desk wrote, as its reader gets it, with links that work.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Path, Query, State},
    http::{HeaderValue, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    AppState,
    notifications::{self, LetterState, Letterhead, OutboxFilter, OutboxLetter},
    problem::Problem,
    secret::sha256,
    web::{Frame, Page, filters},
};

const LETTERS_A_PAGE: usize = 50;

/// Proof that this is a demonstration: anywhere else the mailbox does not exist, since it shows everybody's letters.
#[derive(Debug)]
pub(super) struct Demonstration;

impl FromRequestParts<AppState> for Demonstration {
    type Rejection = Problem;

    async fn from_request_parts(_parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if state.config.demo.is_on() { Ok(Self) } else { Err(Problem::NotFound) }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Older {
    avant: Option<Uuid>,
}

#[derive(Debug)]
struct Line {
    id: Uuid,
    to: String,
    subject: String,
    written_at: OffsetDateTime,
    state: LetterState,
}

#[derive(Debug, Template)]
#[template(path = "demo/mailbox.html")]
pub(super) struct Mailbox {
    frame: Frame,
    letters: Vec<Line>,
    older: Option<Uuid>,
}

/// The letters, newest first.
pub(super) async fn list(
    _: Demonstration,
    State(state): State<AppState>,
    Query(Older { avant }): Query<Older>,
    frame: Frame,
) -> Result<Page<Mailbox>, Problem> {
    let filter = OutboxFilter { before: avant, ..OutboxFilter::default() };
    let mut found = notifications::list_outbox(&mut *state.db.acquire().await?, &filter, LETTERS_A_PAGE + 1).await?;
    let is_last = found.len() <= LETTERS_A_PAGE;
    found.truncate(LETTERS_A_PAGE);
    let older = found.last().filter(|_| !is_last).map(|letter| letter.id);
    let head = letterhead(&state);
    let letters = found
        .into_iter()
        .map(|letter| Line {
            id: letter.id,
            subject: letter.rendered(&head).map_or_else(|_| letter.title(), |rendered| rendered.subject),
            to: letter.to.address,
            written_at: letter.created_at,
            state: letter.state,
        })
        .collect();
    Ok(Page(Mailbox { frame, letters, older }))
}

/// A piece of a line of text.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

#[derive(Debug, Template)]
#[template(path = "demo/mailbox_letter.html")]
pub(super) struct MailboxLetter {
    frame: Frame,
    letter: OutboxLetter,
    subject: String,
    text: String,
}

/// One letter, in its text version.
pub(super) async fn show(
    _: Demonstration,
    State(state): State<AppState>,
    Path(id): Path<String>,
    frame: Frame,
) -> Result<Page<MailboxLetter>, Problem> {
    let letter = find(&state, &id).await?;
    let rendered = letter.rendered(&letterhead(&state))?;
    Ok(Page(MailboxLetter { frame, letter, subject: rendered.subject, text: rendered.text }))
}

/// The HTML version, alone, as a mail program shows it: its own style is allowed by its hash, nothing else is.
pub(super) async fn show_html(_: Demonstration, State(state): State<AppState>, Path(id): Path<String>) -> Result<Response, Problem> {
    let html = find(&state, &id).await?.rendered(&letterhead(&state))?.html;
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        base64(&sha256(style(&html).as_bytes()))
    );
    let policy = HeaderValue::try_from(policy).map_err(anyhow::Error::from)?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(html)).into_response())
}

async fn find(state: &AppState, id: &str) -> Result<OutboxLetter, Problem> {
    let id = Uuid::parse_str(id).map_err(|_| Problem::NotFound)?;
    notifications::find_letter(&mut *state.db.acquire().await?, id).await
}

fn letterhead(state: &AppState) -> Letterhead {
    Letterhead::new(&state.config, state.secret.clone())
}

fn style(html: &str) -> &str {
    html.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).map_or("", |(style, _)| style)
}

/// Words and the addresses among them; a stop or a comma after an address is not part of it.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        let end = rest[start..].find(char::is_whitespace).map_or(rest.len(), |length| start + length);
        let address = rest[start..end].trim_end_matches(['.', ',', ';', ')', '»']);
        pieces.extend([Piece::Words(&rest[..start]), Piece::Link(address)]);
        rest = &rest[start + address.len()..];
    }
    pieces.push(Piece::Words(rest));
    pieces
}

/// Base64 as CSP writes hashes.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain([&0, &0]).take(3).fold(0usize, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            text.push(if place <= group.len() { char::from(DIGITS[bits >> (18 - 6 * place) & 63]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_among_words() {
        use Piece::{Link, Words};
        assert_eq!(pieces("Bonjour,"), [Words("Bonjour,")]);
        assert_eq!(pieces("http://a.fr/x"), [Words(""), Link("http://a.fr/x"), Words("")]);
        assert_eq!(
            pieces("Voir https://a.fr, puis http://b.fr."),
            [Words("Voir "), Link("https://a.fr"), Words(", puis "), Link("http://b.fr"), Words(".")]
        );
        assert_eq!(pieces("https://a.fr\u{a0}: ici"), [Words(""), Link("https://a.fr"), Words("\u{a0}: ici")]);
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
