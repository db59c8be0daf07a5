//! Act: a complete candidature arrives, and receives its rank.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::store;
use crate::{
    calendar,
    ids::{ApplicationId, CampaignId},
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Gives the next rank of the campaign, in the transaction of the submission. The row of the campaign stays locked until that transaction
/// ends: ranks follow the order of commits, and a submission that fails leaves no hole. Whoever locks a demande and a campaign locks the
/// demande first.
///
/// # Errors
/// [`Problem::NotPossible`] when the campaign does not receive candidatures that day; the database's.
pub async fn arrive(
    connection: &mut PgConnection,
    by: &By,
    campaign: CampaignId,
    application: ApplicationId,
    now: OffsetDateTime,
) -> Result<i32, Problem> {
    let day = calendar::paris_day(now);
    let Some(rank) = store::next_arrival(connection, campaign, day).await? else {
        let campaign = store::find_campaign(connection, campaign).await?;
        return Err(Problem::not_possible_but(
            closed(campaign.opens_on, campaign.closes_on, day),
            "Voir la demande",
            format!("/demandes/{}", application.0),
        ));
    };
    let subject = Subject { application: Some(application), ..Subject::default() };
    journal::record(connection, by, subject, &Event::CandidatureArrived { rank }, now).await?;
    Ok(rank)
}

/// Why a candidature is not received on a day outside the campaign.
fn closed(opens_on: time::Date, closes_on: time::Date, day: time::Date) -> String {
    if day < opens_on {
        let opens_on = calendar::written(opens_on);
        return format!("Les candidatures sont reçues à partir du {opens_on}. Rien n’a été déposé\u{a0}: votre brouillon est gardé.");
    }
    let closes_on = calendar::written(closes_on);
    format!("Les candidatures étaient reçues jusqu’au {closes_on}. Rien n’a été déposé\u{a0}: ce que vous avez saisi reste lisible.")
}
