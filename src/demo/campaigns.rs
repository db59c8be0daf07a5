//! The campaign of the demonstration: changed once by two people, another change waiting for one of them.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::private;
use crate::{
    accounts::{CampaignManager, Person},
    calendar,
    experimentation::{Campaign, Proposal, Proposed, agree_to_change, find_campaigns, find_last_agreed, propose_change},
    ids::{CampaignChangeId, CampaignId},
    problem::Problem,
};

/// Writes the campaign down and changes it.
pub(super) async fn open_campaign(connection: &mut PgConnection, people: &[Person], now: OffsetDateTime) -> Result<(), Problem> {
    let day = |days| now - Duration::days(days);
    announce(connection, people, private::campaign(now), (day(33), day(31))).await?;
    let (yasmine, marc) = (manager(people, "programme@demo.test")?, manager(people, "admin@demo.test")?);
    let longer = "Les participants de l’été nous l’ont dit : quinze jours ne suffisent pas pour réunir les signatures nécessaires à la \
                  confirmation d’une place.";
    let id = propose(connection, &yasmine, longer, day(16), |campaign| campaign.panel.answer_within_days = 20).await?;
    agree_to_change(connection, &marc, id, day(14)).await?;
    let more = "L’arrêté modificatif, à paraître, porte le panel à cent vingt participants et prolonge l’expérimentation de trois mois.";
    propose(connection, &marc, more, day(1), |campaign| {
        campaign.capacity = 120;
        campaign.ends_on = calendar::paris_day(now + Duration::days(455));
    })
    .await?;
    Ok(())
}

/// One proposes a new campaign, another agrees with it.
pub(super) async fn announce(
    connection: &mut PgConnection,
    people: &[Person],
    campaign: Campaign,
    (proposed_at, agreed_at): (OffsetDateTime, OffsetDateTime),
) -> Result<CampaignId, Problem> {
    let (yasmine, marc) = (manager(people, "programme@demo.test")?, manager(people, "admin@demo.test")?);
    let reason = "Campagne fictive, pour montrer comment un arrêté en ouvre une.".into();
    let id = waits(connection, &yasmine, &Proposal { campaign: None, seen: None, after: campaign, reason }, proposed_at).await?;
    agree_to_change(connection, &marc, id, agreed_at).await?.campaign.ok_or(Problem::NotFound)
}

/// Somebody who answers for campaigns.
pub(super) fn manager(people: &[Person], email: &str) -> Result<CampaignManager, Problem> {
    people.iter().find(|person| person.email.as_str() == email).cloned().and_then(CampaignManager::new).ok_or(Problem::NotFound)
}

async fn propose(
    connection: &mut PgConnection,
    by: &CampaignManager,
    reason: &str,
    at: OffsetDateTime,
    change: impl FnOnce(&mut Campaign),
) -> Result<CampaignChangeId, Problem> {
    let campaigns: Vec<(CampaignId, Campaign)> = find_campaigns(connection).await?;
    let (id, mut after) = campaigns.into_iter().next().ok_or(Problem::NotFound)?;
    change(&mut after);
    let seen = find_last_agreed(connection, id).await?;
    waits(connection, by, &Proposal { campaign: Some(id), seen, after, reason: reason.into() }, at).await
}

async fn waits(
    connection: &mut PgConnection,
    by: &CampaignManager,
    proposal: &Proposal,
    at: OffsetDateTime,
) -> Result<CampaignChangeId, Problem> {
    match propose_change(connection, by, proposal, at).await? {
        Proposed::Waits(id) => Ok(id),
        other => Err(anyhow::anyhow!("a proposal of the demonstration does not hold: {other:?}").into()),
    }
}
