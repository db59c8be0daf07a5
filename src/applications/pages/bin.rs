//! Drafts that go: `/demandes/{numero}/suppression`, the bin at `/demandes/corbeille`, and `/demandes/{numero}/conservation`, which a
//! letter leads to.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::extract::OwnApplication;
use crate::{
    AppState,
    accounts::Applicant,
    applications::{Act, Application, Binned, State as Status, bin, delete_draft, find_binned, idle, keep_draft, restore_draft},
    calendar,
    problem::Problem,
    web::{Frame, Page, filters, tell},
};

#[derive(Debug, Template)]
#[template(path = "applications/bin.html")]
pub(super) struct BinPage {
    frame: Frame,
    drafts: Vec<Binned>,
}

pub(super) async fn show(applicant: Applicant, State(state): State<AppState>, frame: Frame) -> Result<Page<BinPage>, Problem> {
    let mut connection = state.db.acquire().await?;
    let drafts = find_binned(&mut connection, applicant.person().account).await?;
    Ok(Page(BinPage { frame, drafts }))
}

#[derive(Debug, Template)]
#[template(path = "applications/delete.html")]
struct DeletePage {
    frame: Frame,
    application: Application,
    /// The day it would go for good, in full.
    gone_on: String,
}

pub(super) async fn ask_deletion(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    if own.application.state == Status::Deleted {
        return Ok(Redirect::to("/demandes/corbeille").into_response());
    }
    own.application.state.after(Act::Delete).map_err(|refusal| {
        Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", own.application.id.0))
    })?;
    let gone_on = calendar::date_in_full(bin::goes_on(state.clock.now()));
    Ok(Page(DeletePage { frame, application: own.application, gone_on }).into_response())
}

pub(super) async fn delete(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let now = state.clock.now();
    let mut transaction = state.db.begin().await?;
    delete_draft(&mut transaction, &own.applicant, own.application.id, now).await?;
    transaction.commit().await?;
    let gone_on = calendar::date_in_full(bin::goes_on(now));
    let sentence = format!("Le brouillon {} est dans la corbeille. Vous pouvez le restaurer jusqu’au {gone_on}.", own.application.id);
    tell(&session, sentence).await?;
    Ok(Redirect::to("/demandes/corbeille"))
}

pub(super) async fn restore(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let id = own.application.id;
    let mut transaction = state.db.begin().await?;
    restore_draft(&mut transaction, &own.applicant, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le brouillon {id} est restauré, avec tout ce que vous y aviez saisi.")).await?;
    Ok(Redirect::to(&format!("/demandes/{}", id.0)))
}

#[derive(Debug, Template)]
#[template(path = "applications/keep.html")]
struct KeepPage {
    frame: Frame,
    application: Application,
    /// The day it goes to the bin, in full; nothing when that is not planned.
    goes_on: Option<String>,
}

pub(super) async fn ask_keeping(own: OwnApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    match own.application.state {
        Status::Draft => {}
        Status::Deleted => return Ok(Redirect::to("/demandes/corbeille").into_response()),
        _ => return Ok(Redirect::to(&format!("/demandes/{}", own.application.id.0)).into_response()),
    }
    let mut connection = state.db.acquire().await?;
    let announced = idle::store::find_announced(&mut connection, own.application.id).await?;
    let goes_on = announced.map(|at| calendar::date_in_full(idle::goes_on(at)));
    Ok(Page(KeepPage { frame, application: own.application, goes_on }).into_response())
}

pub(super) async fn keep(own: OwnApplication, State(state): State<AppState>, session: Session) -> Result<Redirect, Problem> {
    let id = own.application.id;
    let mut transaction = state.db.begin().await?;
    keep_draft(&mut transaction, &own.applicant, id, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, format!("Le brouillon {id} est gardé. Vous pouvez continuer où vous en étiez.")).await?;
    Ok(Redirect::to(&format!("/demandes/{}", id.0)))
}
