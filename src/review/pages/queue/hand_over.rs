//! `/instruction/{numero}/attribution`: give a dossier to somebody of the team, with a word.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{Person, Reviewer},
    applications::Application,
    fields::{Field, Fields},
    ids::AccountId,
    problem::Problem,
    review::{
        pages::extract::Dossier,
        queue::{self, Handing, Owner, find_owner, find_team},
    },
    web::{Frame, Page, filters, tell},
};

const TO: Field = Field { name: "to", label: "À qui" };
pub(super) const WORD: Field = Field { name: "word", label: "Un mot pour cette personne" };
/// Characters of a word: more is a note.
pub(super) const LONGEST_WORD: usize = 300;
const SEEN: &str = "seen";

#[derive(Debug, Template)]
#[template(path = "review/queue/hand_over.html")]
pub(in crate::review::pages) struct HandOverPage {
    frame: Frame,
    application: Application,
    owner: Option<Owner>,
    team: Vec<Person>,
    reader: AccountId,
    form: Fields,
    /// What happened since the page was opened.
    late: Option<String>,
}

impl HandOverPage {
    async fn prepare(state: &AppState, reviewer: &Reviewer, application: Application, frame: Frame) -> Result<Self, Problem> {
        let mut connection = state.db.acquire().await?;
        Ok(Self {
            frame,
            owner: find_owner(&mut connection, application.id).await?,
            team: find_team(&mut connection).await?,
            application,
            reader: reviewer.person().account,
            form: Fields::default(),
            late: None,
        })
    }

    /// Whom the dossier can be given to: whoever has it already is left out.
    fn others(&self) -> impl Iterator<Item = &Person> {
        let current = self.owner.as_ref().map(|owner| owner.account);
        self.team.iter().filter(move |person| Some(person.account) != current)
    }

    /// Who answers for the dossier now, as the form brings it back.
    fn seen(&self) -> String {
        self.owner.as_ref().map(|owner| owner.account.to_string()).unwrap_or_default()
    }
}

pub(in crate::review::pages) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<HandOverPage>, Problem> {
    Ok(Page(HandOverPage::prepare(&state, &reviewer, application, frame).await?))
}

pub(in crate::review::pages) async fn hand_over(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = application.id;
    let to = form.parse(TO, |typed| AccountId::parse(typed).ok_or("Choisissez la personne qui répondra de ce dossier."));
    let word = form.optional_line(WORD, LONGEST_WORD);
    let Some((to, word)) = to.zip(word) else {
        let page = HandOverPage { form, ..HandOverPage::prepare(&state, &reviewer, application, frame).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let handing = Handing { to, seen: AccountId::parse(form.value(SEEN)), word };
    let mut transaction = state.db.begin().await?;
    match queue::assign(&mut transaction, &reviewer, id, handing, state.clock.now()).await {
        Ok(name) => {
            transaction.commit().await?;
            tell(&session, format!("Le dossier {id} est confié à {name}.")).await?;
            Ok(Redirect::to(&format!("/instruction/{}", id.0)).into_response())
        }
        // Somebody was faster: what was typed is given back with who did what.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            let prepared = HandOverPage::prepare(&state, &reviewer, application, frame).await?;
            let page = HandOverPage { form, late: Some(sentence), ..prepared };
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(problem) => Err(problem),
    }
}
