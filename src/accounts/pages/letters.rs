//! `/compte/courriels`: what a member of the team wants to be written; `/courriels/{lettre}/{sceau}`: the end of it, from a letter.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;
use uuid::Uuid;

use crate::{
    AppState,
    accounts::{
        Staff,
        choose_letters::{Stoppable, choose_letters, find_stoppable, stop_letters},
    },
    fields::{Field, Fields},
    notifications::{Pace, Topic, choices},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const PATH: &str = "/compte/courriels";

/// Never has an audience: whoever holds the letter holds its link, signed in or not.
const FROM_A_LETTER: &str = "/courriels/{lettre}/{sceau}";

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::Staff, PATH, show).post(Audience::Staff, PATH, save).get(Audience::Anyone, FROM_A_LETTER, show_end).post(
        Audience::Anyone,
        FROM_A_LETTER,
        end,
    )
}

#[derive(Debug, Template)]
#[template(path = "accounts/letters.html")]
struct LettersPage {
    frame: Frame,
    form: Fields,
}

impl LettersPage {
    fn topics() -> Vec<Field> {
        Topic::ALL.iter().map(|topic| field(*topic)).collect()
    }

    fn paces() -> Vec<(String, &'static str, &'static str)> {
        Pace::ALL.iter().map(|pace| (pace.to_string(), pace.label(), "")).collect()
    }
}

fn field(topic: Topic) -> Field {
    let name = match topic {
        Topic::Arrival => "arrival",
        Topic::Message => "message",
        Topic::Objection => "objection",
        Topic::Assignment => "assignment",
        Topic::Opinion => "opinion",
        Topic::Signature => "signature",
        Topic::Clock => "clock",
        Topic::Campaign => "campaign",
    };
    Field { name, label: topic.label() }
}

async fn show(by: Staff, State(state): State<AppState>, frame: Frame) -> Result<Page<LettersPage>, Problem> {
    let mut form = Fields::default();
    for (topic, pace) in choices::find_choices(&mut *state.db.acquire().await?, by.person().account).await? {
        form.set(field(topic).name, pace.to_string());
    }
    Ok(Page(LettersPage { frame, form }))
}

async fn save(by: Staff, State(state): State<AppState>, session: Session, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let mut chosen = Vec::new();
    for topic in Topic::ALL {
        let pace = form.parse(field(*topic), |typed| typed.parse::<Pace>().map_err(|_| "Choisissez une des trois réponses."));
        chosen.extend(pace.map(|pace| (*topic, pace)));
    }
    if !form.is_valid() {
        return Ok(Refused(LettersPage { frame, form }).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let changed = choose_letters(&mut transaction, &by, &chosen, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, if changed == 0 { "Rien n’a changé dans vos choix." } else { "Vos choix sont enregistrés." }).await?;
    Ok(Redirect::to(PATH).into_response())
}

#[derive(Debug, Template)]
#[template(path = "accounts/letters_end.html")]
struct EndPage {
    frame: Frame,
    stoppable: Stoppable,
    is_done: bool,
}

/// The letter a link comes from: the seal is ours and belongs to it.
fn sealed(state: &AppState, (letter, seal): &(String, String)) -> Result<Uuid, Problem> {
    Uuid::parse_str(letter).ok().filter(|letter| state.secret.stops(*letter, seal)).ok_or(Problem::NotFound)
}

/// Changes nothing: mail programs open the links of letters by themselves.
async fn show_end(Path(link): Path<(String, String)>, State(state): State<AppState>, frame: Frame) -> Result<Page<EndPage>, Problem> {
    let letter = sealed(&state, &link)?;
    let stoppable = find_stoppable(&mut *state.db.acquire().await?, letter).await?;
    Ok(Page(EndPage { frame, stoppable, is_done: false }))
}

/// One click (RFC 8058): whatever the body says and with no session, the answer is a page, not a redirection.
async fn end(Path(link): Path<(String, String)>, State(state): State<AppState>, frame: Frame) -> Result<Page<EndPage>, Problem> {
    let letter = sealed(&state, &link)?;
    let mut transaction = state.db.begin().await?;
    let stoppable = stop_letters(&mut transaction, letter, state.clock.now()).await?;
    transaction.commit().await?;
    Ok(Page(EndPage { frame, stoppable, is_done: true }))
}
