//! Act: the owner of the address takes what was prepared for them as their draft.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{prepared_demande::PreparedAct, store};
use crate::{
    accounts::Applicant,
    applications::{Prefilled, Preset, propose, start},
    fields::Fields,
    ids::ApplicationId,
    journal::{self, Event, Subject, TeamFact},
    organisations,
    problem::Problem,
};

/// Makes it their draft, with the answers proposed in its steps; once, however often it is pressed. They join the organisation, verified or
/// not as anybody who starts a demande there.
///
/// # Errors
/// [`Problem::NotFound`] when it was prepared for another address; [`Problem::NotPossible`] with the sentence that says why, when it was
/// taken or cancelled, has expired, or when the experiment receives no candidature; the database's.
pub async fn claim(connection: &mut PgConnection, by: &Applicant, id: Uuid, now: OffsetDateTime) -> Result<ApplicationId, Problem> {
    let prepared = store::lock_prepared(connection, id).await?;
    if prepared.address != by.person().email {
        return Err(Problem::NotFound);
    }
    prepared.state(now).after(PreparedAct::Claim).map_err(|sentence| match prepared.application {
        Some(draft) => Problem::not_possible_but(sentence, "Ouvrir la demande", format!("/demandes/{}", draft.0)),
        None => Problem::not_possible_but(sentence, "Mes demandes", "/demandes"),
    })?;
    let preset = Preset::named(&prepared.preset).ok_or_else(|| anyhow::anyhow!("no preset of that name"))?;
    organisations::join(connection, by, prepared.organisation, now).await?;
    let application = start(connection, by, preset.kind, prepared.organisation, id, now).await?;
    let category = organisations::find(connection, prepared.organisation).await?.facts.and_then(|facts| facts.legal_category);
    let answers = Prefilled::from_json(&prepared.answers).or(&preset.prefilled(&Fields::default(), category));
    propose(connection, by, application, &answers).await?;
    store::save_claim(connection, id, application).await?;
    let event = Event::OfTeam(TeamFact::PreparedClaimed { from: prepared.prepared_by_name });
    journal::record(connection, &by.by(), Subject::application(application, prepared.organisation), &event, now).await?;
    Ok(application)
}
