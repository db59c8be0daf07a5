//! `/demandes/{numero}/equipe`: who fills a demande; inviting a colleague, handing the demande over.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use time::OffsetDateTime;
use tower_sessions::Session;
use uuid::Uuid;

use super::extract::{EditableApplication, OwnApplication};
use crate::{
    AppState,
    accounts::{EmailAddress, Person},
    applications::{
        Application, Invitation, InvitationState, Offer, Purpose, end_invitation, find_editors,
        invitation::store::find_lasting_invitations, invite, invite::why_not,
    },
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, filters, tell},
};

const COLLEAGUE: Field = Field { name: "colleague", label: "Adresse électronique du collègue" };
const SUCCESSOR: Field = Field { name: "successor", label: "Adresse électronique de la personne" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::SignedIn, "/demandes/{numero}/equipe", show)
        .post(Audience::SignedIn, "/demandes/{numero}/invitations", ask_to_fill)
        .post(Audience::SignedIn, "/demandes/{numero}/transmission", offer)
        .post(Audience::SignedIn, "/demandes/{numero}/invitations/{invitation}/retrait", end)
}

/// Somebody who fills a demande that is not theirs, and the invitation that let them.
#[derive(Debug)]
struct Helper {
    person: Person,
    invitation: Invitation,
}

#[derive(Debug, Template)]
#[template(path = "applications/together.html")]
struct TogetherPage {
    frame: Frame,
    application: Application,
    is_own: bool,
    /// Who files it; none when their account is closed.
    applicant: Option<Person>,
    helpers: Vec<Helper>,
    /// Offers nobody has answered: to fill it, and the one to take it.
    asked: Vec<Invitation>,
    offered: Option<Invitation>,
    form: Fields,
    now: OffsetDateTime,
}

impl TogetherPage {
    fn may_offer(&self, purpose: Purpose) -> bool {
        self.is_own && why_not(self.application.state, purpose).is_none()
    }

    fn is_expired(&self, invitation: &Invitation) -> bool {
        invitation.state(self.now) == InvitationState::Expired
    }

    fn offer_is_expired(&self) -> bool {
        self.offered.as_ref().is_some_and(|offered| self.is_expired(offered))
    }
}

async fn prepare(state: &AppState, application: Application, is_own: bool, frame: Frame, form: Fields) -> Result<TogetherPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let mut editors = find_editors(&mut connection, &application).await?;
    let (mut helpers, mut asked, mut offered) = (Vec::new(), Vec::new(), None);
    for invitation in find_lasting_invitations(&mut connection, application.id).await? {
        match (invitation.answered_by, invitation.purpose) {
            (Some(account), _) => {
                if let Some(at) = editors.iter().position(|editor| editor.account == account) {
                    helpers.push(Helper { person: editors.remove(at), invitation });
                }
            }
            (None, Purpose::Fill) => asked.push(invitation),
            (None, Purpose::HandOver) => offered = Some(invitation),
        }
    }
    let applicant = editors.into_iter().find(|editor| editor.account == application.applicant);
    Ok(TogetherPage { frame, application, is_own, applicant, helpers, asked, offered, form, now: state.clock.now() })
}

async fn show(editable: EditableApplication, State(state): State<AppState>, frame: Frame) -> Result<Page<TogetherPage>, Problem> {
    let is_own = editable.is_own();
    Ok(Page(prepare(&state, editable.application, is_own, frame, Fields::default()).await?))
}

async fn ask_to_fill(
    own: OwnApplication,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    make(&state, own, Purpose::Fill, &session, frame, form).await
}

async fn offer(
    own: OwnApplication,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    form: Fields,
) -> Result<Response, Problem> {
    make(&state, own, Purpose::HandOver, &session, frame, form).await
}

async fn make(
    state: &AppState,
    own: OwnApplication,
    purpose: Purpose,
    session: &Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = own.application.id;
    let (field, told) = match purpose {
        Purpose::Fill => (COLLEAGUE, "L’invitation est partie. Votre collègue a quatorze jours pour l’accepter."),
        Purpose::HandOver => (SUCCESSOR, "La proposition est partie. La demande reste la vôtre tant que cette personne n’a pas accepté."),
    };
    if let Some(address) = form.parse(field, EmailAddress::parse) {
        let mut transaction = state.db.begin().await?;
        let offer = invite(&mut transaction, &own.applicant, id, purpose, address, state.clock.now()).await?;
        transaction.commit().await?;
        match offer {
            Offer::Made => {
                tell(session, told).await?;
                return Ok(Redirect::to(&format!("/demandes/{}/equipe", id.0)).into_response());
            }
            Offer::NotMade(sentence) => form.refuse(field, sentence),
        }
    }
    Ok(Refused(prepare(state, own.application, true, frame, form).await?).into_response())
}

async fn end(
    own: OwnApplication,
    Path((_, invitation)): Path<(String, String)>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let invitation = Uuid::parse_str(&invitation).map_err(|_| Problem::NotFound)?;
    let id = own.application.id;
    let mut transaction = state.db.begin().await?;
    let becomes = end_invitation(&mut transaction, &own.applicant, id, invitation, state.clock.now()).await?;
    transaction.commit().await?;
    let told = if becomes == InvitationState::Ended {
        "Cette personne ne peut plus remplir la demande. Ce qu’elle y a saisi reste."
    } else {
        "La proposition est retirée : son lien ne sert plus."
    };
    tell(&session, told).await?;
    Ok(Redirect::to(&format!("/demandes/{}/equipe", id.0)))
}
