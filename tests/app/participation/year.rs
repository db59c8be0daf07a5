//! A year with a moved clock: what is recalled, when it ends, each thing once.

use std::collections::BTreeMap;

use habilitation::{
    authorizations::{self, State},
    calendar,
    experimentation::Campaign,
    participation::Cause,
    worker::run_participations,
};
use jiff::civil::date;
use sqlx::{AssertSqlSafe, Executor};
use time::macros;

use super::Scene;
use crate::support::private;

/// How many letters of each kind about the participation there are.
async fn letters(scene: &Scene) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for letter in scene.site.letters().await {
        let kind = letter.split_once(" to ").unwrap().0.to_owned();
        if ["participation_", "report_", "certificate_"].iter().any(|family| kind.starts_with(family)) {
            *counts.entry(kind).or_default() += 1;
        }
    }
    counts
}

fn counted(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
    of.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect()
}

async fn state_of(scene: &Scene) -> State {
    authorizations::find(&mut scene.site.state.db.acquire().await.unwrap(), scene.right).await.unwrap().state
}

#[tokio::test]
async fn over_a_year_each_reminder_leaves_once_and_the_right_expires_at_its_end() {
    let scene = Scene::new().await;
    let (mut day, last) = (date(2026, 12, 3), date(2028, 2, 1));
    let mut told = BTreeMap::new();
    while day <= last {
        scene.on(day);
        // March is sent on 20 April, August never, the others on the third of the next month.
        let month = calendar::months_after(day, -1);
        let of = format!("{}-{:02}", month.year(), month.month());
        let is_sent = match of.as_str() {
            "2027-03" => day.day() == 20,
            "2027-08" | "2026-11" => false,
            _ => day.day() == 3,
        };
        if is_sent && day < date(2028, 1, 4) {
            scene.sends(&of, 4_000).await;
        }
        // Late, twice, by several at once: it gives the same.
        run_participations(&scene.site.state).await.unwrap();
        run_participations(&scene.site.state).await.unwrap();
        told = letters(&scene).await;
        day = calendar::days_after(day, 1);
    }
    let expected = [
        // 90, 30, 7 and 1 days before 3 December 2027
        ("participation_ends_soon", 4),
        ("participation_ended", 1),
        // March and August, five days before
        ("report_awaited", 2),
        // March 1 and 7 days after, August 1, 7 and 15
        ("report_late", 5),
        // due on 2 January 2028, never signed
        ("certificate_awaited", 1),
        ("certificate_late", 3),
    ];
    assert_eq!(told, counted(&expected));
    assert_eq!(state_of(&scene).await, State::Expired);
    let over = scene.participation().await.ended.unwrap();
    assert_eq!((over.on, over.cause), (date(2027, 12, 3), Cause::Term));
    let mut helene = scene.visitor("helene@asso.test").await;
    let reports = helene.get(&scene.page("")).await;
    assert!(reports.says("Participation terminée") && reports.says("Du 3 décembre 2026 au 3 décembre 2027"), "{}", reports.text());
    assert!(reports.says("12 reçus sur 13"), "{}", reports.text());
}

#[tokio::test]
async fn the_last_month_is_reported_on_after_the_end() {
    let scene = Scene::in_campaign(Campaign { ends_on: macros::date!(2027 - 02 - 15), ..private::campaign() }).await;
    assert_eq!(scene.participation().await.ends_on, date(2027, 2, 15), "the campaign ends before the anniversary");
    scene.on(date(2027, 2, 16));
    run_participations(&scene.site.state).await.unwrap();
    assert_eq!(state_of(&scene).await, State::Expired);
    scene.sends("2027-02", 2_000).await;
    let letter = scene.site.letters_to("helene@asso.test").await.pop().unwrap();
    assert!(letter.text.contains("Détruisez les données") || letter.subject.contains("rapport"), "{}", letter.text);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_change_of_the_campaign_moves_the_end_and_its_warnings() {
    let scene = Scene::in_campaign(Campaign { ends_on: macros::date!(2027 - 06 - 30), ..private::campaign() }).await;
    for of in ["2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"] {
        scene.on(calendar::days_after(habilitation::participation::Month::parse(of).unwrap().last_day(), 1));
        scene.sends(of, 4_000).await;
    }
    scene.on(date(2027, 6, 23));
    run_participations(&scene.site.state).await.unwrap();
    let warned = scene.site.letters_to("helene@asso.test").await.pop().unwrap();
    assert!(warned.subject.contains("se termine le 30\u{a0}juin\u{a0}2027"), "{}", warned.subject);
    scene.site.state.db.execute("update campaigns set ends_on = '2027-09-30'").await.unwrap();
    assert_eq!(scene.participation().await.ends_on, date(2027, 9, 30));
    scene.on(date(2027, 7, 1));
    run_participations(&scene.site.state).await.unwrap();
    assert_eq!(state_of(&scene).await, State::Active, "the day it would have ended has passed");
    scene.on(date(2027, 9, 23));
    run_participations(&scene.site.state).await.unwrap();
    let again = scene.site.letters_to("helene@asso.test").await;
    let ends = again.iter().filter(|letter| letter.subject.contains("se termine le 30\u{a0}septembre\u{a0}2027")).count();
    assert!(ends >= 1, "the new end is told: {:?}", again.iter().map(|letter| letter.subject.clone()).collect::<Vec<_>>());
}

#[tokio::test]
async fn suspending_keeps_a_participation_and_revoking_ends_it() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 12));
    let set = |sql: &str| format!("update authorizations set {sql}, state_changed_at = '2027-01-12 08:00 UTC'");
    let db = &scene.site.state.db;
    db.execute(AssertSqlSafe(set("state = 'suspended', suspended_until = '2027-02-01'"))).await.unwrap();
    run_participations(&scene.site.state).await.unwrap();
    assert!(scene.participation().await.ended.is_none());
    assert_eq!(letters(&scene).await, counted(&[("report_late", 1)]), "a suspended participant still reports");
    db.execute(AssertSqlSafe(set("state = 'revoked', suspended_until = null"))).await.unwrap();
    for day in 12..=30 {
        scene.on(date(2027, 1, day));
        run_participations(&scene.site.state).await.unwrap();
    }
    let ended = scene.participation().await.ended.unwrap();
    assert_eq!((ended.on, ended.cause), (date(2027, 1, 12), Cause::Revocation));
    assert_eq!(letters(&scene).await, counted(&[("participation_ended", 1), ("report_late", 1)]), "nothing more is recalled");
    let journal: i64 = sqlx::query_scalar("select count(*) from journal where event = 'participation_ended'").fetch_one(db).await.unwrap();
    assert_eq!(journal, 1);
}
