//! Act: a second person agrees with a change of a campaign, which then holds, or declines it; whoever proposed it may take it back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Campaign, CampaignChange, ChangeState, Difference, Settling, change_difference::differences, change_news,
    change_panel::change_panel_in_line, change_rule::change_faults, propose_change::find_known, store,
};
use crate::{
    accounts::CampaignManager,
    ids::{CampaignChangeId, CampaignId},
    journal::{self, CampaignFact, Event, Subject},
    problem::Problem,
};

/// Agrees: the campaign is from now on what was proposed, in this transaction or not at all. What was possible when it was proposed is
/// looked at again.
///
/// # Errors
/// [`Problem::NotPossible`] for whoever proposed it, for a proposal that is settled already, when the campaign changed meanwhile, when a
/// place would be taken from somebody or a day that came rewritten, when two campaigns would receive candidatures at once; the database's.
pub async fn agree_to_change(
    connection: &mut PgConnection,
    by: &CampaignManager,
    id: CampaignChangeId,
    now: OffsetDateTime,
) -> Result<CampaignChange, Problem> {
    let (change, today) = lock(connection, id).await?;
    let state = may_settle(&change, by, Settling::Agree)?;
    check(connection, &change, today.as_ref(), now).await?;
    let campaign = match change.campaign {
        Some(campaign) => {
            apply(connection, campaign, &change, today.as_ref(), now).await?;
            campaign
        }
        None => store::add_campaign(connection, &change.after, now).await.map_err(|error| refusal(error, id))?,
    };
    let change = CampaignChange { campaign: Some(campaign), ..change };
    let name = by.person().full_name();
    store::save_settled(connection, &change, state, (by.person().account, &name), "", now).await?;
    let event = CampaignFact::CampaignChangeAgreed {
        title: change.after.title.clone(),
        change: id,
        proposed_by: change.proposed.name.clone(),
        changes: change.lines(),
    };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(event), now).await?;
    change_news::of_outcome(connection, &change, by.person(), state, now).await?;
    store::find_change(connection, id).await
}

/// Writes the campaign and has its line follow. Its days are first those of before and after together: the day of release, which moves with the
/// line, lies between the opening and the end at each step.
async fn apply(
    connection: &mut PgConnection,
    campaign: CampaignId,
    change: &CampaignChange,
    today: Option<&Campaign>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let after = &change.after;
    let mut wide = after.clone();
    if let Some(today) = today {
        wide.opens_on = today.opens_on.min(after.opens_on);
        wide.ends_on = today.ends_on.max(after.ends_on);
    }
    store::save_whole(connection, campaign, &wide).await.map_err(|error| refusal(error, change.id))?;
    if today.is_none_or(|today| today.capacity != after.capacity || today.panel != after.panel) {
        change_panel_in_line(connection, campaign, after.capacity, &after.panel, now).await?;
    }
    if wide != *after {
        store::save_whole(connection, campaign, after).await.map_err(|error| refusal(error, change.id))?;
    }
    Ok(())
}

/// Declines, and says why.
///
/// # Errors
/// [`Problem::NotPossible`] for whoever proposed it and for a proposal that is settled already; the database's.
pub async fn decline_change(
    connection: &mut PgConnection,
    by: &CampaignManager,
    id: CampaignChangeId,
    answer: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (change, _) = lock(connection, id).await?;
    let state = may_settle(&change, by, Settling::Decline)?;
    let change = CampaignChange { answer: answer.to_owned(), ..change };
    store::save_settled(connection, &change, state, (by.person().account, &by.person().full_name()), answer, now).await?;
    let event = CampaignFact::CampaignChangeDeclined { title: change.title().to_owned(), change: id, answer: answer.to_owned() };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(event), now).await?;
    change_news::of_outcome(connection, &change, by.person(), state, now).await
}

/// Takes one's own proposal back.
///
/// # Errors
/// [`Problem::NotPossible`] for anybody else and for a proposal that is settled already; the database's.
pub async fn withdraw_change(
    connection: &mut PgConnection,
    by: &CampaignManager,
    id: CampaignChangeId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let (change, _) = lock(connection, id).await?;
    let state = may_settle(&change, by, Settling::Withdraw)?;
    store::save_settled(connection, &change, state, (by.person().account, &by.person().full_name()), "", now).await?;
    let event = CampaignFact::CampaignChangeWithdrawn { title: change.title().to_owned(), change: id };
    journal::record(connection, &by.by(), Subject::default(), &Event::OfCampaign(event), now).await
}

/// The proposal and the campaign it changes, as it stands. The campaign is locked first, as when somebody proposes or arrives.
async fn lock(connection: &mut PgConnection, id: CampaignChangeId) -> Result<(CampaignChange, Option<Campaign>), Problem> {
    let today = match store::find_change(connection, id).await?.campaign {
        Some(campaign) => Some(store::lock_whole(connection, campaign).await?),
        None => None,
    };
    Ok((store::lock_change(connection, id).await?, today))
}

fn may_settle(change: &CampaignChange, by: &CampaignManager, how: Settling) -> Result<ChangeState, Problem> {
    change
        .settled_by(by.person().account, how)
        .map_err(|why| Problem::not_possible_but(why.sentence(), "Voir la proposition", address(change.id)))
}

/// Whether the change may still be made of the campaign as it stands.
async fn check(
    connection: &mut PgConnection,
    change: &CampaignChange,
    today: Option<&Campaign>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let changed = change.before.as_ref().zip(today).map_or_else(Vec::new, |(before, today)| differences(Some(before), today));
    if !changed.is_empty() {
        let told: Vec<String> = changed.iter().map(Difference::sentence).collect();
        return Err(Problem::not_possible_but(
            format!(
                "La campagne a changé depuis cette proposition ({}). Rien n’a été appliqué. La proposition est à retirer ou à refuser, puis à \
                 refaire sur la campagne d’aujourd’hui.",
                told.join(" ; ")
            ),
            "Voir la proposition",
            address(change.id),
        ));
    }
    let faults = change_faults(today, &change.after, &find_known(connection, change.campaign, now).await?);
    if faults.is_empty() {
        return Ok(());
    }
    let told: Vec<&str> = faults.iter().map(|fault| fault.sentence.as_str()).collect();
    let sentence = format!("Cette proposition ne peut plus être appliquée. {} Rien n’a changé.", told.join(" "));
    Err(Problem::not_possible_but(sentence, "Voir la proposition", address(change.id)))
}

fn refusal(error: sqlx::Error, id: CampaignChangeId) -> Problem {
    let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
    let sentence = match constraint {
        Some("campaigns_title_is_unique") => "Une autre campagne porte déjà ce nom. Rien n’a changé.",
        Some("campaigns_do_not_overlap") => {
            "Une autre campagne reçoit des candidatures pendant ces jours\u{a0}: une seule à la fois, pour que chacun sache à laquelle il répond. \
             Rien n’a changé."
        }
        _ => return error.into(),
    };
    Problem::not_possible_but(sentence, "Voir la proposition", address(id))
}

fn address(id: CampaignChangeId) -> String {
    format!("/administration/campagnes/propositions/{id}")
}
