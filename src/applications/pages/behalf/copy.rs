//! `/demandes/{numero}/copie`: the same demande for another client.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use super::new::{Addresses, asked, choose, page};
use crate::{
    AppState,
    applications::{Application, behalf::copy_for_client, find_vendor, pages::OwnApplication},
    fields::Fields,
    organisations::{self, Organisation, VerifiedMember},
    problem::Problem,
    web::{Frame, StartKey},
};

/// Who files the copy: whoever files the original for its client, or the organisation that files it for itself.
async fn vendor_of(state: &AppState, own: &OwnApplication) -> Result<(VerifiedMember, Organisation), Problem> {
    let mut connection = state.db.acquire().await?;
    let vendor = find_vendor(&mut connection, own.application.id).await?.map_or(own.application.organisation, |vendor| vendor.organisation);
    let affiliation = organisations::find_for(&mut connection, own.applicant.person().account, vendor).await?;
    let member = affiliation.and_then(|found| Some((VerifiedMember::new(own.applicant.clone(), &found.membership)?, found.organisation)));
    member.ok_or_else(|| {
        Problem::not_possible_but(
            "Déposer pour un client engage votre organisme : il faut que votre appartenance y soit confirmée. Rien n’a été créé.",
            "Voir mes organismes",
            "/compte/organismes",
        )
    })
}

fn addresses(application: &Application) -> Addresses {
    let here = format!("/demandes/{}/copie", application.id.0);
    Addresses { ask_at: here.clone(), confirm_at: here, copied: Some(application.clone()) }
}

pub(super) async fn show(own: OwnApplication, State(state): State<AppState>, uri: Uri, frame: Frame) -> Result<Response, Problem> {
    let (_, vendor) = vendor_of(&state, &own).await?;
    let (form, choice) = asked(&state, &vendor, &uri).await?;
    page(&state, &vendor, addresses(&own.application), (frame, form, choice), StartKey::fresh()).await
}

pub(super) async fn copy(own: OwnApplication, State(state): State<AppState>, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let (by, vendor) = vendor_of(&state, &own).await?;
    let start_key = StartKey::from_fields(&form)?;
    let choice = choose(&state, &vendor, &mut form).await?;
    let Some(facts) = choice.as_ref().and_then(|choice| choice.facts(&mut form)) else {
        return page(&state, &vendor, addresses(&own.application), (frame, form, choice), start_key).await;
    };
    let mut transaction = state.db.begin().await?;
    let copied = copy_for_client(&mut transaction, &by, &own.application, &facts, start_key.0, state.clock.now()).await?;
    transaction.commit().await?;
    let id = copied.ok_or(Problem::NotFound)?;
    Ok(Redirect::to(&format!("/demandes/{}/organisme", id.0)).into_response())
}
