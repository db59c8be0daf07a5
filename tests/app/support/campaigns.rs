//! Changes of campaigns as a test makes them: by two people.

use habilitation::{
    accounts::{CampaignManager, Role},
    experimentation::{Campaign, CampaignChange, Proposal, Proposed, agree_to_change, find_campaign, find_last_agreed, propose_change},
    ids::{CampaignChangeId, CampaignId},
    problem::Problem,
};

use super::{TestSite, given};

/// The only campaign of most tests.
pub const FIRST: CampaignId = CampaignId(1);

/// A programme manager: « Yasmine Rousseau » at « yasmine@equipe.test ».
pub async fn yasmine(site: &TestSite) -> CampaignManager {
    manager(site, "yasmine@equipe.test", Role::ProgrammeManager).await
}

/// An administrator: « Marc Rousseau » at « marc@equipe.test ».
pub async fn marc(site: &TestSite) -> CampaignManager {
    manager(site, "marc@equipe.test", Role::Admin).await
}

/// Somebody who answers for campaigns.
pub async fn manager(site: &TestSite, email: &str, role: Role) -> CampaignManager {
    CampaignManager::new(given::somebody_with_roles(site, email, &[role]).await).unwrap()
}

/// The campaign as it stands.
pub async fn campaign(site: &TestSite) -> Campaign {
    find_campaign(&mut site.state.db.acquire().await.unwrap(), FIRST).await.unwrap()
}

/// The change of the campaign as it stands, for a reason.
pub async fn proposal(site: &TestSite, change: impl FnOnce(&mut Campaign)) -> Proposal {
    let mut after = campaign(site).await;
    change(&mut after);
    let seen = find_last_agreed(&mut site.state.db.acquire().await.unwrap(), FIRST).await.unwrap();
    Proposal { campaign: Some(FIRST), seen, after, reason: "L’arrêté du 2 décembre le prévoit.".into() }
}

/// Proposes it.
pub async fn propose(site: &TestSite, by: &CampaignManager, proposal: &Proposal) -> Result<Proposed, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let proposed = propose_change(&mut transaction, by, proposal, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(proposed)
}

/// Proposes a change that waits.
pub async fn waits(site: &TestSite, by: &CampaignManager, change: impl FnOnce(&mut Campaign)) -> CampaignChangeId {
    match propose(site, by, &proposal(site, change).await).await.unwrap() {
        Proposed::Waits(id) => id,
        other => panic!("{other:?}"),
    }
}

/// A second person agrees.
pub async fn agree(site: &TestSite, by: &CampaignManager, id: CampaignChangeId) -> Result<CampaignChange, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let change = agree_to_change(&mut transaction, by, id, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(change)
}

/// One proposes, another agrees.
pub async fn change(site: &TestSite, change: impl FnOnce(&mut Campaign)) {
    let (yasmine, marc) = (yasmine(site).await, marc(site).await);
    let id = waits(site, &yasmine, change).await;
    agree(site, &marc, id).await.unwrap();
}

/// The sentence of a refusal.
pub fn sentence<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> String {
    match outcome.unwrap_err() {
        Problem::NotPossible { sentence, .. } => sentence,
        other => panic!("{other}"),
    }
}
