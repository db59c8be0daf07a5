//! Act: somebody who answers for campaigns proposes a change, or a new one, to a second person.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Campaign, ChangeFault, Held, change_news,
    change_rule::{Known, change_faults},
    store,
};
use crate::{
    accounts::CampaignManager,
    calendar,
    ids::{CampaignChangeId, CampaignId},
    journal::{self, CampaignFact, Event, Subject},
    problem::Problem,
};

/// What somebody proposes.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The campaign to change; none for a new one.
    pub campaign: Option<CampaignId>,
    /// The last change that held when they read the campaign; none while it was as it was written down.
    pub seen: Option<CampaignChangeId>,
    /// The whole campaign as it is to be.
    pub after: Campaign,
    /// Why.
    pub reason: String,
}

/// What became of it.
#[derive(Debug)]
pub enum Proposed {
    /// It waits for a second person.
    Waits(CampaignChangeId),
    /// It cannot be, for everything that is told.
    Refused(Vec<ChangeFault>),
    /// The campaign changed since they read it.
    Meanwhile(Box<Meanwhile>),
    /// Another proposal waits for the same campaign, or for a new one of that name.
    AnotherWaits,
}

/// A campaign that changed while somebody was writing.
#[derive(Debug)]
pub struct Meanwhile {
    /// As they read it.
    pub then: Campaign,
    /// As it is.
    pub today: Campaign,
}

/// Proposes. Nothing of the campaign changes before somebody else agrees; whoever may is written to.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such campaign; [`Problem::NotPossible`] for what no form of ours sends; the database's. After
/// [`Proposed::AnotherWaits`] the transaction holds nothing and cannot go on.
pub async fn propose_change(
    connection: &mut PgConnection,
    by: &CampaignManager,
    proposal: &Proposal,
    now: OffsetDateTime,
) -> Result<Proposed, Problem> {
    let before = match proposal.campaign {
        None => None,
        Some(id) => {
            let before = store::lock_whole(connection, id).await?;
            if let Some(then) = as_it_was(connection, id, proposal.seen).await?.filter(|then| *then != before) {
                return Ok(Proposed::Meanwhile(Box::new(Meanwhile { then, today: before })));
            }
            Some(before)
        }
    };
    let faults = change_faults(before.as_ref(), &proposal.after, &find_known(connection, proposal.campaign, now).await?);
    if !faults.is_empty() {
        return Ok(Proposed::Refused(faults));
    }
    proposal.after.check().map_err(|fault| Problem::not_possible(fault.to_string()))?;
    let new = store::NewChange {
        campaign: proposal.campaign,
        reason: &proposal.reason,
        before: before.as_ref(),
        after: &proposal.after,
        by: (by.person().account, by.person().full_name()),
    };
    let id = match store::add_change(connection, &new, now).await {
        Ok(id) => id,
        Err(error) if is_another(&error) => return Ok(Proposed::AnotherWaits),
        Err(error) => return Err(error.into()),
    };
    let change = store::find_change(connection, id).await?;
    let event = CampaignFact::CampaignChangeProposed {
        title: change.title().to_owned(),
        change: id,
        reason: change.reason.clone(),
        changes: change.lines(),
    };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(event), now).await?;
    change_news::of_proposal(connection, &change, now).await?;
    Ok(Proposed::Waits(id))
}

/// What decides whether a campaign may be so, as it stands that moment; a new one holds nothing yet.
///
/// # Errors
/// The database's.
pub async fn find_known(connection: &mut PgConnection, campaign: Option<CampaignId>, now: OffsetDateTime) -> Result<Known, Problem> {
    let (held, arrivals) = match campaign {
        None => (Held::default(), 0),
        Some(id) => (store::standing::find_numbers(connection, id).await?.held, store::count_arrivals(connection, id).await?),
    };
    Ok(Known { day: calendar::paris_day(now), held, arrivals })
}

/// The campaign as somebody saw it, when it changed since the change that was the last one they saw.
async fn as_it_was(
    connection: &mut PgConnection,
    campaign: CampaignId,
    seen: Option<CampaignChangeId>,
) -> Result<Option<Campaign>, Problem> {
    if store::find_last_agreed(connection, campaign).await? == seen {
        return Ok(None);
    }
    let agreed = store::find_agreed(connection, campaign).await?;
    // What the first one that they did not see found.
    let next = agreed.iter().position(|change| Some(change.id) == seen).map_or(0, |at| at + 1);
    Ok(agreed.get(next).and_then(|change| change.before.clone()))
}

fn is_another(error: &sqlx::Error) -> bool {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    matches!(constraint, Some("campaign_changes_one_waits" | "campaign_changes_new_ones_wait_once"))
}
