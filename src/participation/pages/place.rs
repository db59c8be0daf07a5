//! `/habilitations/{numero}/place`: the place a candidature was granted, which its holder confirms, or gives back.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::Candidate;
use crate::{
    AppState,
    accounts::Applicant,
    applications,
    authorizations::Authorization,
    calendar,
    experimentation::{Offer, Standing, confirm_place, find_offer, find_standing},
    fields::{Field, Fields},
    participation::{Participation, give_back},
    problem::Problem,
    web::{Frame, Page, Refused, filters, tell},
};

const UNDERSTOOD: Field = Field { name: "compris", label: "J’ai compris, et je peux décider au nom de l’organisme" };

#[derive(Debug, Template)]
#[template(path = "participation/place.html")]
pub(super) struct PlacePage {
    frame: Frame,
    authorization: Authorization,
    participation: Option<Participation>,
    is_staff: bool,
    standing: Standing,
    offer: Option<Offer>,
    form: Fields,
}

impl PlacePage {
    fn base(&self) -> String {
        format!("/habilitations/{}", self.authorization.id.0)
    }

    /// The last day to confirm, while nobody has.
    fn answer_by(&self) -> Option<String> {
        self.standing.answer_by.map(calendar::written)
    }

    fn may_give_back(&self) -> bool {
        !self.is_staff && self.standing.has_a_place() && self.authorization.state.is_in_force()
    }
}

async fn prepare(state: &AppState, frame: Frame, here: Candidate, form: Fields) -> Result<PlacePage, Problem> {
    let Candidate { authorization, participation, is_staff } = here;
    let mut connection = state.db.acquire().await?;
    let standing = find_standing(&mut connection, authorization.application).await?.ok_or(Problem::NotFound)?;
    let offer = find_offer(&mut connection, authorization.application).await?;
    Ok(PlacePage { frame, authorization, participation, is_staff, standing, offer, form })
}

pub(super) async fn show(here: Candidate, State(state): State<AppState>, frame: Frame) -> Result<Page<PlacePage>, Problem> {
    Ok(Page(prepare(&state, frame, here, Fields::default()).await?))
}

pub(super) async fn confirm(by: Applicant, here: Candidate, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let authorization = of_its_side(&here)?;
    let mut transaction = state.db.begin().await?;
    applications::lock(&mut transaction, authorization.application).await?;
    confirm_place(&mut transaction, &by, authorization.application, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre place est confirmée. Prochaine étape : installez le bouton, puis demandez la mise en production.").await?;
    Ok(Redirect::to(&format!("/habilitations/{}", authorization.id.0)))
}

pub(super) async fn renounce(
    by: Applicant,
    here: Candidate,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let (id, right) = (of_its_side(&here)?.application, here.authorization.id);
    if form.value(UNDERSTOOD.name) != "oui" {
        form.refuse(UNDERSTOOD, "Cochez la case pour rendre la place. Rien n’a été enregistré.");
        return Ok(Refused(prepare(&state, frame, here, form).await?).into_response());
    }
    let mut transaction = state.db.begin().await?;
    give_back(&mut transaction, &by, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("La place est rendue et l’habilitation {right} a pris fin. Une lettre vous le confirme.")).await?;
    Ok(Redirect::to(&format!("/habilitations/{}", right.0)).into_response())
}

/// The right, for those of its holder's side: the team answers for nobody.
fn of_its_side(here: &Candidate) -> Result<&Authorization, Problem> {
    if here.is_staff { Err(Problem::NotFound) } else { Ok(&here.authorization) }
}
