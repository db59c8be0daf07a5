//! A letter in words: its subject, its text and its HTML, from the values it says.

use askama::Template;
use serde_json::Value;
use uuid::Uuid;

use super::{Appeal, InfectedFile, Letter, Recipient, RightNews};
use crate::{
    config::{Config, DeskFacts},
    ids::{ApplicationId, AuthorizationId, CampaignChangeId},
    problem::Problem,
    secret::SecretKey,
    web::filters,
};

mod sheet;
mod subject;

pub use sheet::Sheet;
pub(super) use subject::subject;
use subject::title;

/// In the place of the number of a right in a letter that is read before the decision leaves.
pub const NUMBER_TO_COME: AuthorizationId = AuthorizationId(0);

/// What every letter bears: whose it is and where its links lead. Links that open something are sealed here, when the letter is
/// written: the outbox holds no secret.
#[derive(Clone, Debug)]
pub struct Letterhead {
    /// The address people use, without a final slash; never the one a request claims.
    pub public_url: String,
    /// The service behind the desk.
    pub desk: DeskFacts,
    /// The key that seals links.
    pub secret: SecretKey,
}

impl Letterhead {
    /// The letterhead of a desk.
    pub fn new(config: &Config, secret: SecretKey) -> Self {
        Self { public_url: config.public_url.trim_end_matches('/').to_owned(), desk: config.desk.clone(), secret }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "templates pass references")]
impl Letterhead {
    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// How to contest what a letter tells, since then.
    fn appeal(&self, since: &str) -> Appeal {
        Appeal::of(&self.desk, since)
    }

    fn link(&self, link: &Uuid) -> String {
        self.page(&self.secret.link_path(*link))
    }

    /// A link that opens something, then leads on to a page of the desk.
    fn link_to(&self, link: &Uuid, return_to: &Option<String>) -> String {
        let link = self.link(link);
        match return_to {
            Some(page) => format!("{link}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("suite", page).finish()),
            None => link,
        }
    }

    /// A link of somebody of a client.
    fn client(&self, link: &Uuid) -> String {
        self.page(&self.secret.client_path(*link))
    }

    /// What puts an end to such letters.
    fn stop(&self, letter: &Uuid) -> String {
        self.page(&self.secret.stop_path(*letter))
    }

    fn rules(&self) -> String {
        self.page("/regles")
    }

    fn application(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}", application.0))
    }

    fn keeping(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}/conservation", application.0))
    }

    /// What somebody named in a demande sees of it.
    fn summary(&self, application: &ApplicationId) -> String {
        self.page(&format!("/demandes/{}/resume", application.0))
    }

    fn dossier(&self, application: &ApplicationId) -> String {
        self.page(&format!("/instruction/{}", application.0))
    }

    /// Where an opinion is given.
    fn opinion(&self, application: &ApplicationId, service: &str) -> String {
        self.page(&format!("/instruction/{}/avis/{service}", application.0))
    }

    /// Where opinions are read.
    fn opinions(&self, application: &ApplicationId) -> String {
        self.page(&format!("/instruction/{}#avis", application.0))
    }

    fn invitation(&self, invitation: &Uuid) -> String {
        self.page(&format!("/invitations/{invitation}"))
    }

    fn prepared(&self, prepared: &Uuid) -> String {
        self.page(&format!("/demandes/preparees/{prepared}"))
    }

    /// Where a change of a campaign is read and settled.
    fn campaign_change(&self, change: &CampaignChangeId) -> String {
        self.page(&format!("/administration/campagnes/propositions/{change}"))
    }

    fn messages(&self, application: &ApplicationId, is_for_team: &bool) -> String {
        let room = if *is_for_team { "instruction" } else { "demandes" };
        self.page(&format!("/{room}/{}/messages", application.0))
    }

    /// Where a decision is read and signed.
    fn signature(&self, application: &ApplicationId) -> String {
        self.page(&format!("/instruction/{}/signature", application.0))
    }

    fn procedure(&self, authorization: &AuthorizationId) -> String {
        self.page(&format!("/habilitations/{}/procedure", authorization.0))
    }

    fn authorization(&self, authorization: &AuthorizationId) -> String {
        if *authorization == NUMBER_TO_COME {
            return self.page("/habilitations");
        }
        self.page(&format!("/habilitations/{}", authorization.0))
    }
}

/// A letter as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line; says the number of the demande and whose turn it is.
    pub subject: String,
    /// For readers without HTML.
    pub text: String,
    /// The same words, dressed.
    pub html: String,
    /// The link that puts an end to such letters, where their recipient may.
    pub unsubscribe: Option<String>,
}

impl Rendered {
    /// The link of the letter's button: the first address that stands on a line of its own.
    pub fn link(&self) -> Option<&str> {
        self.text.lines().find(|line| line.starts_with("http"))
    }
}

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct Text<'a> {
    head: &'a Letterhead,
    to: &'a Recipient,
    letter: &'a Letter,
    unsubscribe: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct Html<'a> {
    head: &'a Letterhead,
    to: &'a Recipient,
    letter: &'a Letter,
    subject: &'a str,
    title: &'a str,
    unsubscribe: Option<&'a str>,
}

/// Writes a letter.
///
/// # Errors
/// When a template fails, which none does.
pub fn render(head: &Letterhead, to: &Recipient, letter: &Letter) -> Result<Rendered, Problem> {
    write(head, to, letter, None)
}

/// Writes a letter of the outbox, with the link that puts an end to such letters where its recipient may.
///
/// # Errors
/// As [`render`].
pub(super) fn render_numbered(head: &Letterhead, to: &Recipient, letter: &Letter, number: Uuid) -> Result<Rendered, Problem> {
    write(head, to, letter, letter.can_be_stopped().then(|| head.stop(&number)))
}

fn write(head: &Letterhead, to: &Recipient, letter: &Letter, unsubscribe: Option<String>) -> Result<Rendered, Problem> {
    let stop = unsubscribe.as_deref();
    let letter = &without_tricks(letter)?;
    let to = &Recipient { address: one_line(&to.address), name: one_line(&to.name) };
    let (subject, title) = (subject(letter), title(letter));
    let text = Text { head, to, letter, unsubscribe: stop }.render().map_err(anyhow::Error::from)?;
    let html = Html { head, to, letter, subject: &subject, title, unsubscribe: stop }.render().map_err(anyhow::Error::from)?;
    Ok(Rendered { subject, text, html, unsubscribe })
}

/// « H12 »; a right that is still to be granted has no number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
fn numbered(authorization: &AuthorizationId) -> String {
    if *authorization == NUMBER_TO_COME { "H…".into() } else { authorization.to_string() }
}

/// Paragraphs and their lines, as typed.
fn paragraphs(said: &str) -> Vec<Vec<&str>> {
    said.split("\n\n").map(|paragraph| paragraph.lines().collect::<Vec<_>>()).filter(|lines| !lines.is_empty()).collect()
}

/// The letter without characters that could make it read as something else. What people type is refused long before; a letter is the
/// last place where a forged line could pass for ours.
fn without_tricks(letter: &Letter) -> Result<Letter, Problem> {
    let mut values = serde_json::to_value(letter).map_err(anyhow::Error::from)?;
    clean("", &mut values);
    Ok(serde_json::from_value(values).map_err(anyhow::Error::from)?)
}

fn clean(name: &str, value: &mut Value) {
    match value {
        Value::String(text) if matches!(name, "message" | "ground" | "text" | "facts" | "reasons" | "urgency") => {
            *text = several_lines(text);
        }
        Value::String(text) => *text = one_line(text),
        Value::Array(several) => several.iter_mut().for_each(|value| clean(name, value)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, value)| clean(name, value)),
        _ => {}
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if is_trick(c) { ' ' } else { c }).collect()
}

fn several_lines(text: &str) -> String {
    let unix = text.replace("\r\n", "\n");
    unix.chars().map(|c| if is_trick(c) && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn is_trick(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
