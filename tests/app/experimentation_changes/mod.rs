//! Campaigns are made and changed by two people, and everybody may read how they stand.

mod command;
mod pages;
mod public;
mod races;
mod rules;

use habilitation::{
    experimentation::{ChangeState, Proposed, Settling, decline_change, find_change, find_changes_of, withdraw_change},
    problem::Problem,
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor};
use time::{Duration, macros::date};

use crate::support::{
    TestSite,
    campaigns::{FIRST, agree, campaign, marc, proposal, propose, sentence, waits, yasmine},
    private,
};

#[tokio::test]
async fn nothing_changes_before_a_second_person_agrees_and_then_everything_does_at_once() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let before = campaign(&site).await;
    let id = waits(&site, &yasmine, |it| {
        (it.title, it.legal_basis, it.capacity) = ("Expérimentation 2027, prolongée".into(), "Arrêté modificatif".into(), 120);
        (it.closes_on, it.ends_on) = (date!(2027 - 02 - 28), date!(2028 - 03 - 31));
        it.panel.answer_within_days = 20;
        it.panel.shares.values_mut().for_each(|share| share.floor = 5);
    })
    .await;
    assert_eq!(campaign(&site).await, before);
    let change = agree(&site, &marc, id).await.unwrap();
    let after = campaign(&site).await;
    assert_eq!((&after, change.before.as_ref(), change.state), (&change.after, Some(&before), ChangeState::Agreed));
    assert_eq!((after.capacity, after.ends_on, after.panel.kept()), (120, date!(2028 - 03 - 31), 30));
    let facts: Vec<(String, String, Value)> =
        sqlx::query_as("select actor_name, event, details from journal where event like 'campaign_change%' order by id offset 2")
            .fetch_all(&site.state.db)
            .await
            .unwrap();
    assert_eq!(
        facts.iter().map(|(by, event, _)| (by.as_str(), event.as_str())).collect::<Vec<_>>(),
        [("Yasmine Rousseau", "campaign_change_proposed"), ("Marc Rousseau", "campaign_change_agreed")]
    );
    assert!(facts[1].2["changes"].as_array().unwrap().contains(&"Nombre de places\u{a0}: 100, puis 120".into()), "{}", facts[1].2);
    let told = site.letters_to("marc@equipe.test").await;
    assert_eq!(
        told.iter().map(|letter| letter.subject.as_str()).collect::<Vec<_>>(),
        [
            "Campagne «\u{a0}Expérimentation 2027\u{a0}»\u{a0}: une proposition attend un second accord",
            "Campagne «\u{a0}Expérimentation 2027\u{a0}»\u{a0}: la proposition est acceptée et appliquée",
        ]
    );
    assert!(told[0].text.contains("Nombre de places\u{a0}: 100, puis 120") && told[0].text.contains("/propositions/2"), "{}", told[0].text);
    assert_eq!(site.letters_to("yasmine@equipe.test").await.len(), 1, "it holds");
}

#[tokio::test]
async fn whoever_proposed_never_agrees_whatever_their_roles() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    for by in [&yasmine, &marc] {
        let id = waits(&site, by, |it| it.capacity += 10).await;
        assert!(sentence(agree(&site, by, id).await).contains("une autre personne doit l’accepter"));
        let mut connection = site.state.db.acquire().await.unwrap();
        let declined = decline_change(&mut connection, by, id, "Non.", site.state.clock.now()).await;
        assert!(sentence(declined).contains("Vous pouvez la retirer"));
        withdraw_change(&mut connection, by, id, site.state.clock.now()).await.unwrap();
        assert!(sentence(agree(&site, if by.person() == yasmine.person() { &marc } else { &yasmine }, id).await).contains("a retiré"));
    }
    assert_eq!(campaign(&site).await.capacity, 100);
    site.letters().await;
}

#[tokio::test]
async fn a_proposal_that_is_declined_says_why_and_changes_nothing() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let id = waits(&site, &yasmine, |it| it.capacity = 120).await;
    let now = site.state.clock.now();
    let mut connection = site.state.db.acquire().await.unwrap();
    assert!(sentence(withdraw_change(&mut connection, &marc, id, now).await).contains("Seule la personne qui a fait cette proposition"));
    decline_change(&mut connection, &marc, id, "L’arrêté n’est pas publié.", now).await.unwrap();
    assert_eq!(campaign(&site).await.capacity, 100);
    let change = find_change(&mut connection, id).await.unwrap();
    assert_eq!((change.state, change.answer.as_str()), (ChangeState::Declined, "L’arrêté n’est pas publié."));
    assert!(change.settled_by(marc.person().account, Settling::Agree).is_err());
    let letters = site.letters_to("yasmine@equipe.test").await;
    assert!(letters[0].text.contains("L’arrêté n’est pas publié."), "{}", letters[0].text);
    assert_eq!(site.letters_to("marc@equipe.test").await.len(), 1, "who declined knows");
    // Once settled, another may be made: the history keeps both.
    waits(&site, &marc, |it| it.capacity = 110).await;
    let states: Vec<ChangeState> = find_changes_of(&mut connection, FIRST).await.unwrap().iter().map(|change| change.state).collect();
    assert_eq!(states, [ChangeState::Proposed, ChangeState::Declined, ChangeState::Agreed]);
    site.letters().await;
}

#[tokio::test]
async fn one_proposal_at_a_time_waits_for_a_campaign() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    waits(&site, &yasmine, |it| it.capacity = 120).await;
    let another = proposal(&site, |it| it.capacity = 130).await;
    assert!(matches!(propose(&site, &marc, &another).await, Ok(Proposed::AnotherWaits)));
    site.letters().await;
}

#[tokio::test]
async fn a_proposal_on_something_that_changed_meanwhile_is_refused_with_what_changed() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    // Somebody reads the campaign, somebody else changes it.
    let late = proposal(&site, |it| it.panel.answer_within_days = 20).await;
    let id = waits(&site, &yasmine, |it| it.capacity = 120).await;
    agree(&site, &marc, id).await.unwrap();
    let Proposed::Meanwhile(meanwhile) = propose(&site, &marc, &late).await.unwrap() else { panic!("it was proposed") };
    assert_eq!((meanwhile.then.capacity, meanwhile.today.capacity), (100, 120));
    // A proposal waits, and the campaign changes by another hand.
    let id = waits(&site, &yasmine, |it| it.panel.answer_within_days = 20).await;
    site.database.owner().await.execute("update campaigns set capacity = 140").await.unwrap();
    let refused = sentence(agree(&site, &marc, id).await);
    assert!(refused.contains("La campagne a changé depuis cette proposition (Nombre de places\u{a0}: 120, puis 140)"), "{refused}");
    assert_eq!(campaign(&site).await.panel.answer_within_days, 15);
    site.letters().await;
}

#[tokio::test]
async fn what_was_possible_when_it_was_proposed_is_looked_at_again() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let id = waits(&site, &yasmine, |it| it.closes_on = date!(2026 - 12 - 10)).await;
    site.state.clock.advance(Duration::days(10));
    let refused = sentence(agree(&site, &marc, id).await);
    assert!(refused.contains("ne peut plus être appliquée") && refused.contains("Ce jour est passé"), "{refused}");
    assert_eq!(campaign(&site).await.closes_on, date!(2027 - 01 - 31));
    site.letters().await;
}

#[tokio::test]
async fn the_database_keeps_the_history_by_itself() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (yasmine, marc) = (yasmine(&site).await, marc(&site).await);
    let id = waits(&site, &yasmine, |it| it.capacity = 120).await;
    let mut owner = site.database.owner().await;
    let (own, other) = (yasmine.person().account, marc.person().account);
    let settled =
        |by, state: &str| format!("settled_by = {by}, settled_by_name = 'X', settled_at = now() + interval '9 years', state = '{state}'");
    for (change, constraint) in [
        (settled(own, "agreed"), "campaign_changes_need_two_people"),
        (format!("{}, answer = 'Non.'", settled(own, "declined")), "campaign_changes_need_two_people"),
        (settled(other, "withdrawn"), "campaign_changes_are_withdrawn_by_who_proposed"),
        (settled(other, "declined"), "campaign_changes_declined_say_why"),
        ("state = 'agreed'".into(), "campaign_changes_settled_ones_say_by_whom"),
        ("reason = 'Autre'".into(), "campaign_changes_are_settled_once"),
        (format!("{}, after = before", settled(other, "agreed")), "campaign_changes_are_settled_once"),
        (format!("{}, campaign_id = null", settled(other, "agreed")), "campaign_changes_are_settled_once"),
        (settled(other, "lost"), "campaign_changes_state_is_known"),
    ] {
        let error = owner.execute(AssertSqlSafe(format!("update campaign_changes set {change} where id = {id}"))).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(constraint), "{change}");
    }
    agree(&site, &marc, id).await.unwrap();
    for statement in ["update campaign_changes set state = 'withdrawn'", "delete from campaign_changes"] {
        assert!(owner.execute(statement).await.is_err(), "{statement}");
        assert!(site.state.db.execute(statement).await.is_err(), "{statement}");
    }
    let copy = |reason: &str, before: &str| {
        format!(
            "insert into campaign_changes (campaign_id, reason, before, after, proposed_by, proposed_by_name, proposed_at)
             select campaign_id, '{reason}', {before}, after, proposed_by, proposed_by_name, proposed_at from campaign_changes where id = {id}"
        )
    };
    for (insert, constraint) in [
        (copy(" ", "before"), "campaign_changes_reason_is_not_empty"),
        (copy("Bien.", "after"), "campaign_changes_change_something"),
        (copy("Bien.", "null"), "campaign_changes_belong_to_a_campaign"),
    ] {
        let error = owner.execute(AssertSqlSafe(insert)).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(constraint));
    }
    let twice = copy("Bien.", "before");
    owner.execute(AssertSqlSafe(twice.clone())).await.unwrap();
    let error = owner.execute(AssertSqlSafe(twice)).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().constraint(), Some("campaign_changes_one_waits"));
    site.letters().await;
}

#[tokio::test]
async fn an_operator_types_in_the_name_of_two_people_and_the_journal_says_so() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let operator = habilitation::journal::By::Operator { name: "exploitation".into() };
    let (yasmine, marc) = (yasmine(&site).await.typed_by(&operator), marc(&site).await.typed_by(&operator));
    let id = waits(&site, &yasmine, |it| it.capacity = 120).await;
    assert!(agree(&site, &yasmine, id).await.is_err());
    agree(&site, &marc, id).await.unwrap();
    let by: Vec<(String, String)> =
        sqlx::query_as("select actor_kind, actor_name from journal where event like 'campaign_change%' order by id offset 2")
            .fetch_all(&site.state.db)
            .await
            .unwrap();
    let said = |name: &str| ("operator".to_owned(), format!("exploitation, au nom de {name}"));
    assert_eq!(by, [said("Yasmine Rousseau"), said("Marc Rousseau")]);
    site.letters().await;
}

#[tokio::test]
async fn a_missing_proposal_is_told_as_what_does_not_exist() {
    let site = TestSite::new().await;
    let marc = marc(&site).await;
    assert!(matches!(agree(&site, &marc, habilitation::ids::CampaignChangeId(9)).await, Err(Problem::NotFound)));
}
