//! What may be changed, with candidatures that hold places.

use habilitation::{
    applications::Kind,
    config::SilenceEffect,
    criteria::Sector,
    experimentation::{Campaign, Part, Proposed, Share, find_numbers},
};
use time::{Duration, macros::date};

use crate::support::{
    TestSite,
    campaigns::{FIRST, agree, campaign, marc, proposal, propose, sentence, waits, yasmine},
    given,
    private::{self, ASSOCIATION, YOUNG},
};

/// A campaign in which two candidatures hold a place, both in education.
async fn with_two_candidatures() -> TestSite {
    with_two_candidatures_for(100).await
}

/// The same with that many places.
async fn with_two_candidatures_for(capacity: u32) -> TestSite {
    let site = TestSite::new().await;
    private::announce(&site, &Campaign { capacity, ..private::campaign() }).await;
    for (email, siret) in [("camille@exemple.test", ASSOCIATION), ("malo@exemple.test", YOUNG)] {
        let person = given::a_person(&site, email).await;
        private::a_submitted(&site, &person, siret, Kind::Experiment).await;
    }
    site
}

/// What refuses a change that Yasmine proposes.
async fn faults(site: &TestSite, change: impl FnOnce(&mut Campaign)) -> Vec<(Part, String)> {
    let yasmine = yasmine(site).await;
    match propose(site, &yasmine, &proposal(site, change).await).await.unwrap() {
        Proposed::Refused(faults) => faults.into_iter().map(|fault| (fault.part, fault.sentence)).collect(),
        Proposed::Waits(_) => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn candidatures_that_are_examined_hold_places_in_the_order_of_arrival() {
    let site = with_two_candidatures().await;
    let mut connection = site.state.db.acquire().await.unwrap();
    let held = find_numbers(&mut connection, FIRST).await.unwrap().held;
    assert_eq!((held.of(Sector::Education).reserved, held.taken(), held.whole().waiting), (2, 2, 0));
    site.letters().await;
    // With one place, the second one waits.
    let site = with_two_candidatures_for(1).await;
    let held = find_numbers(&mut site.state.db.acquire().await.unwrap(), FIRST).await.unwrap().held;
    assert_eq!((held.taken(), held.of(Sector::Education).waiting), (1, 1));
    assert_eq!((held.occupancy().taken, held.occupancy().waiting), (1, 1));
    site.letters().await;
}

#[tokio::test]
async fn capacity_is_not_lowered_below_the_places_that_are_held() {
    let site = with_two_candidatures().await;
    let refused = faults(&site, |it| it.capacity = 1).await;
    assert_eq!(refused[0].0, Part::Capacity);
    assert!(refused[0].1.starts_with("2 places sont tenues"), "{refused:?}");
    assert_eq!(faults(&site, |it| it.capacity = 2).await, []);
    site.letters().await;
}

#[tokio::test]
async fn a_candidature_that_arrives_while_a_lower_capacity_waits_for_agreement_keeps_its_place() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let id = waits(&site, &yasmine, |it| it.capacity = 1).await;
    for (email, siret) in [("camille@exemple.test", ASSOCIATION), ("malo@exemple.test", YOUNG)] {
        let person = given::a_person(&site, email).await;
        private::a_submitted(&site, &person, siret, Kind::Experiment).await;
    }
    let refused = sentence(agree(&site, &marc, id).await);
    assert!(refused.contains("2 places sont tenues"), "{refused}");
    assert_eq!(campaign(&site).await.capacity, 100);
    site.letters().await;
}

#[tokio::test]
async fn a_ceiling_and_the_effect_of_silence_stay_for_those_who_arrived() {
    let site = with_two_candidatures().await;
    let ceiling = |it: &mut Campaign| it.panel.shares.extend([(Sector::Education, Share { floor: 0, ceiling: 1 })]);
    assert_eq!(faults(&site, ceiling).await.first().map(|fault| fault.0), Some(Part::Ceiling(Sector::Education)));
    let silence = |it: &mut Campaign| it.silence_effect = Some(SilenceEffect::Acceptance);
    let refused = faults(&site, silence).await;
    assert_eq!(refused[0].0, Part::Silence);
    assert!(refused[0].1.contains("2 candidatures reçues"), "{refused:?}");
    site.letters().await;
}

#[tokio::test]
async fn a_prolongation_moves_the_end_for_everybody() {
    let site = with_two_candidatures().await;
    let yasmine = yasmine(&site).await;
    let marc = marc(&site).await;
    let id = waits(&site, &yasmine, |it| it.ends_on = date!(2028 - 06 - 30)).await;
    agree(&site, &marc, id).await.unwrap();
    assert_eq!(campaign(&site).await.ends_on, date!(2028 - 06 - 30));
    site.letters().await;
}

#[tokio::test]
async fn days_that_came_are_not_rewritten() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let opening = faults(&site, |it| it.opens_on = date!(2026 - 12 - 15)).await;
    assert_eq!(opening[0].0, Part::Opening, "open since 1 December");
    site.state.clock.advance(Duration::days(80));
    let closing = faults(&site, |it| it.closes_on = date!(2027 - 05 - 31)).await;
    assert_eq!(closing[0].0, Part::Closing, "closed since the end of January");
    site.state.clock.advance(Duration::days(400));
    let ended = faults(&site, |it| it.ends_on = date!(2028 - 12 - 31)).await;
    assert!(ended[0].1.contains("a pris fin le 31\u{a0}décembre\u{a0}2027"), "{ended:?}");
    site.letters().await;
}
