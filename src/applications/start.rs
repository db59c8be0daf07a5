//! Act: start a demande for an organisation.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{application::Kind, store, store::Started};
use crate::{
    accounts::Applicant,
    calendar, experimentation,
    ids::{ApplicationId, CampaignId, OrganisationId},
    journal::{self, Event, Subject},
    problem::Problem,
};

/// Starts a demande; posting the same page twice starts one and leads to it. A candidature answers the campaign that receives them that day.
///
/// # Errors
/// [`Problem::NotPossible`] when a candidature is started and no campaign receives any; the database's.
pub async fn start(
    connection: &mut PgConnection,
    by: &Applicant,
    kind: Kind,
    organisation: OrganisationId,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<ApplicationId, Problem> {
    let campaign = match kind {
        Kind::Experiment => Some(receiving(connection, now).await?),
        Kind::Administration | Kind::PrivateAddressChange | Kind::PrivateIdentityCheck => None,
    };
    match store::add(connection, kind, campaign, organisation, by.person().account, key, now).await? {
        Started::Before(id) => Ok(id),
        Started::Now(id) => {
            journal::record(connection, &by.by(), Subject::application(id, organisation), &Event::ApplicationStarted, now).await?;
            Ok(id)
        }
    }
}

/// The campaign that receives candidatures today.
async fn receiving(connection: &mut PgConnection, now: OffsetDateTime) -> Result<CampaignId, Problem> {
    experimentation::find_receiving(connection, calendar::paris_day(now)).await?.ok_or_else(|| {
        Problem::not_possible_but(
            "L’expérimentation ne reçoit pas de candidature aujourd’hui. Rien n’a été créé.",
            "Voir les dates de l’expérimentation",
            "/eligibilite?profil=prive",
        )
    })
}
