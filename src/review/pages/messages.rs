//! `/demandes/{numero}/messages` and `/instruction/{numero}/messages`: what the applicant's side and the team wrote to each other, and
//! the letters the desk sent to the applicant, in the order of time.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;

use super::{
    extract::Dossier,
    starting_text::{self, StartingText},
};
use crate::{
    AppState,
    accounts::{self, Person, Reviewer, Staff},
    applications::{self, Application, pages::ReadableApplication},
    fields::{Field, Fields},
    messages::{self, Message, Side},
    notifications::{self, Letterhead, OutboxFilter},
    problem::Problem,
    review::{read_messages, templates::find_of_kind},
    web::{Frame, Notice, Page, StartKey, filters},
};

pub(super) const MESSAGE: Field = Field { name: "message", label: "Votre message" };
pub(super) const FILES: Field = Field { name: "files", label: "Fichiers" };

/// Letters of one demande that are looked through; each version has a handful.
const MOST_LETTERS: usize = 500;

/// A moment of the thread.
#[derive(Debug)]
enum Entry {
    Message(Message),
    Letter { subject: String, text: String, at: OffsetDateTime },
}

impl Entry {
    fn at(&self) -> OffsetDateTime {
        match self {
            Self::Message(message) => message.posted_at,
            Self::Letter { at, .. } => *at,
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "review/messages.html")]
pub(super) struct MessagesPage {
    frame: Frame,
    application: Application,
    organisation: String,
    side: Side,
    reader: Person,
    can_write: bool,
    entries: Vec<Entry>,
    /// The last message this reader had seen before.
    seen: i64,
    pub form: Fields,
    /// What a message of the team may start from.
    pub texts: Vec<StartingText>,
    key: StartKey,
    now: OffsetDateTime,
}

impl MessagesPage {
    fn base(&self) -> String {
        address(self.side, &self.application)
    }

    /// What the addresses of a message and of its files begin with.
    fn address_of(&self, message: &Message) -> String {
        format!("{}/messages/{}", self.base(), message.id)
    }

    fn is_mine(&self, message: &Message) -> bool {
        message.author == self.reader.account
    }

    fn may_be_taken_back(&self, message: &Message) -> bool {
        message.may_be_taken_back(self.reader.account, self.now)
    }

    fn is_new(&self, message: &Message) -> bool {
        message.side != self.side && message.id.0 > self.seen && message.body.is_some()
    }

    fn author(&self, message: &Message) -> String {
        match message.side {
            _ if self.is_mine(message) => "Vous".into(),
            Side::Team => format!("{}, équipe FranceConnect", message.author_name),
            Side::Applicant if self.side == Side::Team => format!("{}, {}", message.author_name, self.organisation),
            Side::Applicant => message.author_name.clone(),
        }
    }
}

pub(super) fn address(side: Side, application: &Application) -> String {
    match side {
        Side::Applicant => format!("/demandes/{}", application.id.0),
        Side::Team => format!("/instruction/{}", application.id.0),
    }
}

/// Who reads, from which side, and whether they may write.
pub(super) struct Reading {
    pub side: Side,
    pub reader: Person,
    pub can_write: bool,
}

pub(super) async fn prepare(
    state: &AppState,
    reading: Reading,
    application: Application,
    frame: Frame,
    form: Fields,
) -> Result<MessagesPage, Problem> {
    let Reading { side, reader, can_write } = reading;
    let mut transaction = state.db.begin().await?;
    let (thread, seen) = read_messages(&mut transaction, application.id, reader.account).await?;
    let filter = OutboxFilter { application: Some(application.id), ..OutboxFilter::default() };
    let letters = notifications::list_outbox(&mut transaction, &filter, MOST_LETTERS).await?;
    let version = applications::find_version(&mut transaction, application.id, application.version).await?;
    let texts = if side == Side::Team && can_write {
        let templates = find_of_kind(&mut transaction, application.kind).await?;
        starting_text::filled(templates, (&application, &version), &reader, &state.config.desk)
    } else {
        Vec::new()
    };
    transaction.commit().await?;
    let head = Letterhead::new(&state.config, state.secret.clone());
    let mut entries: Vec<Entry> = thread.into_iter().map(Entry::Message).collect();
    for letter in letters.iter().rev() {
        if letter.letter().is_ok_and(|letter| letter.belongs_in_the_thread()) {
            let rendered = letter.rendered(&head)?;
            entries.push(Entry::Letter { subject: rendered.subject, text: rendered.text, at: letter.created_at });
        }
    }
    entries.sort_by_key(Entry::at);
    let (now, organisation, key) = (state.clock.now(), version.organisation.name, StartKey::fresh());
    Ok(MessagesPage { frame, application, organisation, side, reader, can_write, entries, seen, form, texts, key, now })
}

/// The page as it is opened, with what its reader was writing when their session ended.
async fn show(state: &AppState, reading: Reading, application: Application, frame: Frame) -> Result<MessagesPage, Problem> {
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, reading.reader.account, &frame.path).await?;
    transaction.commit().await?;
    let was_kept = kept.is_some();
    let mut page = prepare(state, reading, application, frame, kept.unwrap_or_default()).await?;
    if was_kept {
        let sentence = "Votre session avait expiré\u{a0}: voici le message que vous écriviez. Il n’est pas parti, ni aucun fichier.";
        page.frame.notice.get_or_insert_with(|| Notice { sentence: sentence.into() });
    }
    Ok(page)
}

pub(super) async fn show_to_applicant(
    readable: ReadableApplication,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let ReadableApplication { reader, application } = readable;
    if application.version == 0 {
        return Ok(Redirect::to(&address(Side::Applicant, &application)).into_response());
    }
    let reader = reader.person().clone();
    let can_write = applications::may_edit(&mut *state.db.acquire().await?, &application, reader.account).await?;
    let reading = Reading { side: Side::Applicant, reader, can_write };
    Ok(Page(show(&state, reading, application, frame).await?).into_response())
}

pub(super) async fn show_to_team(
    staff: Staff,
    reviewer: Option<Reviewer>,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let reading = Reading { side: Side::Team, reader: staff.person().clone(), can_write: reviewer.is_some() };
    Ok(Page(show(&state, reading, application, frame).await?).into_response())
}

/// How many messages about a demande this person has not read yet, from their side.
pub(super) async fn unread(state: &AppState, side: Side, reader: &Person, application: &Application) -> Result<i64, Problem> {
    let mut connection = state.db.acquire().await?;
    let counts = messages::count_unread(&mut connection, (side, reader.account), &[application.id]).await?;
    Ok(counts.get(&application.id).copied().unwrap_or_default())
}
