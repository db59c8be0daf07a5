//! `/demandes/{numero}/messages` and `/instruction/{numero}/messages`: what the applicant's side and the team wrote to each other, and
//! the letters the desk sent to the applicant, in the order of time.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::{Person, Reviewer, Staff},
    applications::{
        self, Application,
        pages::{EditableApplication, ReadableApplication},
    },
    fields::{Field, Fields},
    ids::MessageId,
    messages::{self, MOST_CHARACTERS, Message, Side},
    notifications::{self, Letterhead, OutboxFilter},
    problem::Problem,
    review::{Posting, post_message, read_messages, take_back_message},
    web::{Frame, Page, Refused, StartKey, filters, tell},
};

const MESSAGE: Field = Field { name: "message", label: "Votre message" };

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
struct MessagesPage {
    frame: Frame,
    application: Application,
    organisation: String,
    side: Side,
    reader: Person,
    can_write: bool,
    entries: Vec<Entry>,
    /// The last message this reader had seen before.
    seen: i64,
    form: Fields,
    key: StartKey,
    now: OffsetDateTime,
}

impl MessagesPage {
    fn base(&self) -> String {
        address(self.side, &self.application)
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

fn address(side: Side, application: &Application) -> String {
    match side {
        Side::Applicant => format!("/demandes/{}", application.id.0),
        Side::Team => format!("/instruction/{}", application.id.0),
    }
}

/// Who reads, from which side, and whether they may write.
struct Reading {
    side: Side,
    reader: Person,
    can_write: bool,
}

async fn prepare(
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
    let organisation = applications::find_version(&mut transaction, application.id, application.version).await?.organisation.name;
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
    let now = state.clock.now();
    Ok(MessagesPage { frame, application, organisation, side, reader, can_write, entries, seen, form, key: StartKey::fresh(), now })
}

/// The message of a form, and what became of it once posted: nothing when the form must be shown again.
async fn answer(
    state: &AppState,
    reading: Reading,
    application: Application,
    frame: Frame,
    session: &Session,
    mut form: Fields,
    posting: Option<Posting>,
) -> Result<Response, Problem> {
    match posting {
        Some(Posting::Posted(message)) => {
            tell(session, "Votre message est envoyé. Vous pouvez le retirer pendant cinq minutes.").await?;
            let here = address(reading.side, &application);
            return Ok(Redirect::to(&format!("{here}/messages#message-{message}")).into_response());
        }
        Some(Posting::AlreadyPosted) => {
            return Ok(Redirect::to(&format!("{}/messages", address(reading.side, &application))).into_response());
        }
        Some(Posting::TooMany) => {
            form.refuse(
                MESSAGE,
                "Vous avez écrit beaucoup de messages en une heure. Celui-ci n’est pas parti : attendez un peu, puis renvoyez-le.",
            );
        }
        None => {}
    }
    Ok(Refused(prepare(state, reading, application, frame, form).await?).into_response())
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
    Ok(Page(prepare(&state, reading, application, frame, Fields::default()).await?).into_response())
}

pub(super) async fn post_as_applicant(
    editable: EditableApplication,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let EditableApplication { editor, application } = editable;
    let key = StartKey::from_fields(&form)?;
    let posting = match form.paragraph(MESSAGE, MOST_CHARACTERS) {
        Some(body) => {
            let mut transaction = state.db.begin().await?;
            let posting = post_message::by_applicant(&mut transaction, &editor, application.id, &body, key.0, state.clock.now()).await?;
            transaction.commit().await?;
            Some(posting)
        }
        None if application.version == 0 => return Ok(Redirect::to(&address(Side::Applicant, &application)).into_response()),
        None => None,
    };
    let reading = Reading { side: Side::Applicant, reader: editor.person().clone(), can_write: true };
    answer(&state, reading, application, frame, &session, form, posting).await
}

pub(super) async fn show_to_team(
    staff: Staff,
    reviewer: Option<Reviewer>,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Response, Problem> {
    let reading = Reading { side: Side::Team, reader: staff.person().clone(), can_write: reviewer.is_some() };
    Ok(Page(prepare(&state, reading, application, frame, Fields::default()).await?).into_response())
}

pub(super) async fn post_as_team(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let key = StartKey::from_fields(&form)?;
    let posting = match form.paragraph(MESSAGE, MOST_CHARACTERS) {
        Some(body) => {
            let mut transaction = state.db.begin().await?;
            let posting = post_message::by_team(&mut transaction, &reviewer, application.id, &body, key.0, state.clock.now()).await?;
            transaction.commit().await?;
            Some(posting)
        }
        None => None,
    };
    let reading = Reading { side: Side::Team, reader: reviewer.person().clone(), can_write: true };
    answer(&state, reading, application, frame, &session, form, posting).await
}

/// The number of a message in a path.
fn number(typed: &str) -> Result<MessageId, Problem> {
    MessageId::parse(typed).ok_or(Problem::NotFound)
}

pub(super) async fn take_back_as_applicant(
    editable: EditableApplication,
    Path((_, message)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    take_back(&state, editable.editor.person(), Side::Applicant, &editable.application, number(&message)?, &session).await
}

pub(super) async fn take_back_as_team(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    Path((_, message)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    take_back(&state, reviewer.person(), Side::Team, &application, number(&message)?, &session).await
}

async fn take_back(
    state: &AppState,
    by: &Person,
    side: Side,
    application: &Application,
    message: MessageId,
    session: &Session,
) -> Result<Redirect, Problem> {
    let here = format!("{}/messages", address(side, application));
    let mut transaction = state.db.begin().await?;
    take_back_message(&mut transaction, by, application, message, &here, state.clock.now()).await?;
    transaction.commit().await?;
    tell(session, "Votre message est retiré : ce qu’il disait est effacé.").await?;
    Ok(Redirect::to(&format!("{here}#message-{message}")))
}

/// How many messages about a demande this person has not read yet, from their side.
pub(super) async fn unread(state: &AppState, side: Side, reader: &Person, application: &Application) -> Result<i64, Problem> {
    let mut connection = state.db.acquire().await?;
    let counts = messages::count_unread(&mut connection, (side, reader.account), &[application.id]).await?;
    Ok(counts.get(&application.id).copied().unwrap_or_default())
}
