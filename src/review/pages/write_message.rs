//! Writing to the other side: `POST /demandes/{numero}/messages` and `POST /instruction/{numero}/messages`, with files or without; and
//! taking back what was written.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    extract::Dossier,
    messages::{FILES, MESSAGE, Reading, address, prepare},
    starting_text,
};
use crate::{
    AppState,
    accounts::{Person, Reviewer},
    applications::{Application, pages::EditableApplication},
    attachments::Chosen,
    fields::Fields,
    ids::MessageId,
    messages::{MOST_CHARACTERS, Side},
    problem::Problem,
    review::{Posting, Written, post_message, take_back_message},
    web::{Frame, Page, Refused, StartKey, Upload, tell},
};

/// What the page sent, looked at.
struct Sent {
    /// As typed, with what is wrong.
    form: Fields,
    /// The files that came along.
    chosen: Chosen,
    /// Nothing when something must be mended first.
    written: Option<Written>,
}

impl Sent {
    async fn read(state: &AppState, Upload { fields: mut form, files }: Upload) -> Result<Self, Problem> {
        let key = StartKey::from_fields(&form)?.0;
        let mut chosen = Chosen::of(FILES, files);
        let body = form.paragraph(MESSAGE, MOST_CHARACTERS);
        let files = chosen.store(&state.storage, "un message", &mut form).await;
        let written = body.zip(files).map(|(body, files)| Written { body, files, scan: state.antivirus.at_first(), key });
        Ok(Self { form, chosen, written })
    }

    /// The form to show again, which says that its files did not leave.
    fn refused(mut self) -> Fields {
        self.chosen.ask_again(&mut self.form);
        self.form
    }
}

pub(super) async fn as_applicant(
    editable: EditableApplication,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let EditableApplication { editor, application } = editable;
    let mut sent = Sent::read(&state, upload).await?;
    let posting = match sent.written.take() {
        Some(written) => {
            let mut transaction = state.db.begin().await?;
            let posting = post_message::by_applicant(&mut transaction, &editor, application.id, written, state.clock.now()).await?;
            transaction.commit().await?;
            Some(posting)
        }
        None if application.version == 0 => return Ok(Redirect::to(&address(Side::Applicant, &application)).into_response()),
        None => None,
    };
    let reading = Reading { side: Side::Applicant, reader: editor.person().clone(), can_write: true };
    answer(&state, reading, application, frame, &session, sent, posting).await
}

pub(super) async fn as_team(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    if upload.fields.has("inserer", "oui") {
        return insert(&state, &reviewer, application, frame, upload).await;
    }
    let mut sent = Sent::read(&state, upload).await?;
    let posting = match sent.written.take() {
        Some(written) => {
            let mut transaction = state.db.begin().await?;
            let posting = post_message::by_team(&mut transaction, &reviewer, application.id, written, state.clock.now()).await?;
            transaction.commit().await?;
            Some(posting)
        }
        None => None,
    };
    let reading = Reading { side: Side::Team, reader: reviewer.person().clone(), can_write: true };
    answer(&state, reading, application, frame, &session, sent, posting).await
}

/// The page again, with the text that was chosen after what was typed. Nothing is sent; files cannot be kept, and that is said.
async fn insert(
    state: &AppState,
    reviewer: &Reviewer,
    application: Application,
    frame: Frame,
    upload: Upload,
) -> Result<Response, Problem> {
    let Upload { fields: mut form, files } = upload;
    let reading = Reading { side: Side::Team, reader: reviewer.person().clone(), can_write: true };
    let mut page = prepare(state, reading, application, frame, Fields::default()).await?;
    starting_text::insert(&mut form, MESSAGE.name, &page.texts);
    page.form = Sent { form, chosen: Chosen::of(FILES, files), written: None }.refused();
    Ok(if page.form.is_valid() { Page(page).into_response() } else { Refused(page).into_response() })
}

/// What became of a message once posted; nothing when the form must be shown again.
async fn answer(
    state: &AppState,
    reading: Reading,
    application: Application,
    frame: Frame,
    session: &Session,
    mut sent: Sent,
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
            sent.form.refuse(
                MESSAGE,
                "Vous avez écrit beaucoup de messages en une heure. Celui-ci n’est pas parti : attendez un peu, puis renvoyez-le.",
            );
        }
        None => {}
    }
    Ok(Refused(prepare(state, reading, application, frame, sent.refused()).await?).into_response())
}

/// The number of a message in a path.
pub(super) fn number(typed: &str) -> Result<MessageId, Problem> {
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
