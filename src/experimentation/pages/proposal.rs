//! `/administration/campagnes/propositions/{proposition}`: what would change, before a second person says yes or no.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::PATH;
use crate::{
    AppState,
    accounts::CampaignManager,
    experimentation::{
        CampaignChange, ChangeFault, agree_to_change, change_faults, decline_change, effects, find_known, store, withdraw_change,
    },
    fields::{Field, Fields},
    ids::{AccountId, CampaignChangeId},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, filters, tell},
};

const ANSWER: Field = Field { name: "answer", label: "Raison du refus" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Campaigns, "/administration/campagnes/propositions/{proposition}", show)
        .post(Audience::Campaigns, "/administration/campagnes/propositions/{proposition}/accord", agree)
        .post(Audience::Campaigns, "/administration/campagnes/propositions/{proposition}/refus", decline)
        .post(Audience::Campaigns, "/administration/campagnes/propositions/{proposition}/retrait", withdraw)
}

#[derive(Debug, Template)]
#[template(path = "experimentation/proposal.html")]
struct ProposalPage {
    frame: Frame,
    form: Fields,
    change: CampaignChange,
    is_own: bool,
    /// What it does, beyond what it says.
    effects: Vec<String>,
    /// Why it can no longer be applied, while it waits.
    faults: Vec<ChangeFault>,
}

fn number(typed: &str) -> Result<CampaignChangeId, Problem> {
    CampaignChangeId::parse(typed).ok_or(Problem::NotFound)
}

fn address(id: CampaignChangeId) -> String {
    format!("{PATH}/propositions/{id}")
}

async fn prepare(state: &AppState, me: AccountId, id: CampaignChangeId, frame: Frame, form: Fields) -> Result<ProposalPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let change = store::find_change(&mut connection, id).await?;
    let known = find_known(&mut connection, change.campaign, state.clock.now()).await?;
    let faults = if change.waits() { change_faults(change.before.as_ref(), &change.after, &known) } else { Vec::new() };
    let effects = effects(change.before.as_ref(), &change.after, &known.held);
    Ok(ProposalPage { frame, form, is_own: change.is_of(me), change, effects, faults })
}

async fn show(
    by: CampaignManager,
    Path(id): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<ProposalPage>, Problem> {
    Ok(Page(prepare(&state, by.person().account, number(&id)?, frame, Fields::default()).await?))
}

async fn agree(by: CampaignManager, Path(id): Path<String>, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let mut transaction = state.db.begin().await?;
    let change = agree_to_change(&mut transaction, &by, number(&id)?, state.clock.now()).await?;
    transaction.commit().await?;
    let told = if change.is_new() {
        "La campagne est inscrite\u{a0}: la page publique l’annonce."
    } else {
        "Le changement est appliqué et publié avec sa raison."
    };
    tell(&session, told).await?;
    Ok(Redirect::to(&change.campaign.map_or_else(|| PATH.to_owned(), |campaign| format!("{PATH}/{campaign}"))))
}

async fn decline(
    by: CampaignManager,
    Path(id): Path<String>,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let id = number(&id)?;
    let Some(answer) = form.paragraph(ANSWER, 2000) else {
        return Ok(Refused(prepare(&state, by.person().account, id, frame, form).await?).into_response());
    };
    let mut transaction = state.db.begin().await?;
    decline_change(&mut transaction, &by, id, &answer, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "La proposition est refusée. Rien n’a changé\u{a0}; la personne qui l’a faite en est avertie.").await?;
    Ok(Redirect::to(&address(id)).into_response())
}

async fn withdraw(
    by: CampaignManager,
    Path(id): Path<String>,
    State(state): State<AppState>,
    session: Session,
) -> Result<Redirect, Problem> {
    let id = number(&id)?;
    let mut transaction = state.db.begin().await?;
    withdraw_change(&mut transaction, &by, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, "Votre proposition est retirée. Rien n’a changé.").await?;
    Ok(Redirect::to(&address(id)))
}
