//! `/compte/sessions`: where one is signed in, and how to end it from afar.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{
        Applicant,
        end_sessions::{Ending, end_sessions},
    },
    fields::Fields,
    problem::Problem,
    web::{
        Audience, Frame, Page, Routes, filters,
        session::{self, OwnSession, SessionKey},
        tell,
    },
};

const PATH: &str = "/compte/sessions";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, PATH, show).post(Audience::SignedIn, PATH, end)
}

#[derive(Template)]
#[template(path = "accounts/sessions.html")]
struct SessionsPage {
    frame: Frame,
    sessions: Vec<OwnSession>,
    current: SessionKey,
}

impl SessionsPage {
    fn is_current(&self, session: &OwnSession) -> bool {
        session.key == self.current
    }
}

fn current(session: &Session) -> Result<SessionKey, Problem> {
    session.id().map(SessionKey::of).ok_or(Problem::SignedOut)
}

async fn show(State(state): State<AppState>, by: Applicant, session: Session, frame: Frame) -> Result<Response, Problem> {
    let mut connection = state.db.acquire().await?;
    let sessions = session::find_of_account(&mut connection, by.person().account, state.clock.now()).await?;
    Ok(Page(SessionsPage { frame, sessions, current: current(&session)? }).into_response())
}

/// One session by its key, or, without one, every other.
async fn end(State(state): State<AppState>, by: Applicant, session: Session, form: Fields) -> Result<Response, Problem> {
    let ending = match form.value("session") {
        "" => Ending::AllBut(current(&session)?),
        key => Ending::One(SessionKey::parse(key).ok_or(Problem::NotFound)?),
    };
    let mut transaction = state.db.begin().await?;
    let count = end_sessions(&mut transaction, &by, ending, state.clock.now()).await?;
    transaction.commit().await?;
    let sentence = match count {
        0 => "Aucune autre session n’était ouverte.".to_owned(),
        1 => "Une session est fermée : il faudra s’y connecter de nouveau.".to_owned(),
        count => format!("{count} sessions sont fermées : il faudra s’y connecter de nouveau."),
    };
    tell(&session, sentence).await?;
    Ok(Redirect::to(PATH).into_response())
}
