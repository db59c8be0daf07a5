//! An operator writes a campaign down, at the command line, from the order that sets it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Campaign, store};
use crate::{
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// Adds the campaign.
///
/// # Errors
/// [`Problem::NotPossible`] when it cannot be, has the title of another one, or would receive candidatures while another one does; the
/// database's.
pub async fn add_campaign(connection: &mut PgConnection, by: &By, campaign: &Campaign, now: OffsetDateTime) -> Result<(), Problem> {
    campaign.check().map_err(|fault| Problem::not_possible(fault.to_string()))?;
    store::add_campaign(connection, campaign, now).await.map_err(refusal)?;
    let event = Event::CampaignAdded {
        title: campaign.title.clone(),
        opens_on: campaign.opens_on.to_string(),
        closes_on: campaign.closes_on.to_string(),
        ends_on: campaign.ends_on.to_string(),
        capacity: campaign.capacity,
    };
    journal::record(connection, by, Subject::default(), &event, now).await
}

fn refusal(error: sqlx::Error) -> Problem {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    match constraint {
        Some("campaigns_title_is_unique") => Problem::not_possible("a campaign has this title already"),
        Some("campaigns_do_not_overlap") => {
            Problem::not_possible("another campaign receives candidatures during these days: one at a time")
        }
        Some(name) if name.ends_with("_is_a_line") => {
            Problem::not_possible("the title, the legal basis and its address are each one line, not too long")
        }
        _ => error.into(),
    }
}
