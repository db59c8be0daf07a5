//! Two people at the same moment.

use std::sync::Arc;

use habilitation::{
    accounts::Role,
    experimentation::{Proposal, Proposed, find_campaigns, withdraw_change},
    problem::Problem,
};
use sqlx::Executor;

use crate::support::{
    TestSite,
    campaigns::{agree, campaign, manager, marc, proposal, propose, waits, yasmine},
    private,
};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_who_agree_at_once_one_does_and_the_change_has_one_effect() {
    let site = Arc::new(TestSite::new().await);
    private::a_campaign(&site).await;
    let yasmine = yasmine(&site).await;
    let (marc, nadia) = (marc(&site).await, manager(&site, "nadia@equipe.test", Role::ProgrammeManager).await);
    for race in 1..=20 {
        let id = waits(&site, &yasmine, |it| it.capacity += 1).await;
        let agreeing = [&marc, &nadia].map(|by| {
            tokio::spawn({
                let (site, by) = (site.clone(), by.clone());
                async move { agree(&site, &by, id).await }
            })
        });
        let mut outcomes = Vec::new();
        for agreeing in agreeing {
            outcomes.push(agreeing.await.unwrap());
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "race {race}: {outcomes:?}");
        let loser = outcomes.into_iter().find_map(Result::err).unwrap();
        assert!(matches!(&loser, Problem::NotPossible { sentence, .. } if sentence.contains("a déjà été acceptée par")), "{loser:?}");
        assert_eq!(campaign(&site).await.capacity, 100 + race);
    }
    let facts: i64 =
        sqlx::query_scalar("select count(*) from journal where event = 'campaign_change_agreed'").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(facts, 21, "the campaign, then each change of it");
    let letters = site.letters().await;
    let agreed = letters.iter().filter(|letter| letter.starts_with("campaign_change_agreed")).count();
    assert_eq!(agreed, 40, "to the two, each time");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_an_agreement_and_a_withdrawal_at_once_one_wins() {
    let site = Arc::new(TestSite::new().await);
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    for race in 0..20 {
        let before = campaign(&site).await.capacity;
        let id = waits(&site, &yasmine, |it| it.capacity += 1).await;
        let agreeing = tokio::spawn({
            let (site, marc) = (site.clone(), marc.clone());
            async move { agree(&site, &marc, id).await.is_ok() }
        });
        let withdrawing = tokio::spawn({
            let (site, yasmine) = (site.clone(), yasmine.clone());
            async move {
                let mut transaction = site.state.db.begin().await.unwrap();
                let withdrawn = withdraw_change(&mut transaction, &yasmine, id, site.state.clock.now()).await.is_ok();
                transaction.commit().await.unwrap();
                withdrawn
            }
        });
        let (agreed, withdrawn) = (agreeing.await.unwrap(), withdrawing.await.unwrap());
        assert!(agreed != withdrawn, "race {race}");
        assert_eq!(campaign(&site).await.capacity, before + u32::from(agreed), "race {race}");
    }
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_proposals_at_once_one_waits() {
    let site = Arc::new(TestSite::new().await);
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    for race in 0..10 {
        let proposed = proposal(&site, |it| it.capacity += 1).await;
        let proposing = [&yasmine, &marc].map(|by| {
            tokio::spawn({
                let (site, by, proposed) = (site.clone(), by.clone(), proposed.clone());
                async move { propose(&site, &by, &proposed).await }
            })
        });
        let mut waiting = 0;
        for proposing in proposing {
            let outcome = proposing.await.unwrap();
            waiting += usize::from(matches!(outcome, Ok(Proposed::Waits(_))));
            assert!(matches!(outcome, Ok(Proposed::Waits(_) | Proposed::AnotherWaits)), "race {race}: {outcome:?}");
        }
        assert_eq!(waiting, 1, "race {race}");
        let withdraw =
            "update campaign_changes set state = 'withdrawn', settled_by = proposed_by, settled_by_name = 'X', settled_at = proposed_at
            where state = 'proposed'";
        site.state.db.execute(withdraw).await.unwrap();
    }
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_campaign_agreed_by_two_at_once_is_written_down_once() {
    let site = Arc::new(TestSite::new().await);
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let nadia = manager(&site, "nadia@equipe.test", Role::Admin).await;
    let mut new =
        private::campaign_of(time::macros::date!(2027 - 03 - 01), time::macros::date!(2027 - 06 - 30), time::macros::date!(2028 - 02 - 29));
    new.title = "Expérimentation de printemps".into();
    let asked = Proposal { campaign: None, seen: None, after: new.clone(), reason: "Un arrêté la prévoit.".into() };
    let Proposed::Waits(id) = propose(&site, &yasmine, &asked).await.unwrap() else { panic!("refused") };
    let (first, second) = tokio::join!(agree(&site, &marc, id), agree(&site, &nadia, id));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let campaigns = find_campaigns(&mut site.state.db.acquire().await.unwrap()).await.unwrap();
    assert_eq!(campaigns.iter().map(|(_, campaign)| campaign).collect::<Vec<_>>(), [&new]);
    site.letters().await;
}
