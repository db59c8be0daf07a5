//! Campaigns: made by two people, told as they stand on a day, held in shape by the database.

mod attacks;
pub mod crowd;
mod histories;
mod leaving;
mod panel;
pub mod places;
mod storm;

use habilitation::experimentation::{Campaign, ExperimentState, Occupancy, find_current};
use sqlx::{AssertSqlSafe, Executor};
use time::{Date, macros::date};

use crate::support::{
    TestSite,
    private::{self, announce},
};

fn campaign(title: &str, opens_on: Date, closes_on: Date, ends_on: Date) -> Campaign {
    Campaign { title: title.into(), ..private::campaign_of(opens_on, closes_on, ends_on) }
}

fn spring() -> Campaign {
    campaign("Expérimentation 2027", date!(2027 - 01 - 11), date!(2027 - 06 - 30), date!(2028 - 01 - 10))
}

async fn current(site: &TestSite, day: Date) -> Option<String> {
    find_current(&mut site.state.db.acquire().await.unwrap(), day).await.unwrap().map(|campaign| campaign.title)
}

#[tokio::test]
async fn a_campaign_is_found_as_two_people_made_it() {
    let site = TestSite::new().await;
    assert_eq!(current(&site, date!(2027 - 02 - 01)).await, None, "there is none by default");
    announce(&site, &spring()).await;
    let found = find_current(&mut site.state.db.acquire().await.unwrap(), date!(2027 - 02 - 01)).await.unwrap().unwrap();
    assert_eq!(found, spring());
    assert_eq!(
        found.state_on(date!(2027 - 02 - 01), Occupancy::default()),
        ExperimentState::Open { free: 100, capacity: 100, closes_on: date!(2027 - 06 - 30) }
    );
    let facts: Vec<(String, String)> =
        sqlx::query_as("select event, details->>'title' from journal where event like 'campaign_change%' order by id")
            .fetch_all(&site.state.db)
            .await
            .unwrap();
    let title = || "Expérimentation 2027".to_owned();
    assert_eq!(facts, [("campaign_change_proposed".into(), title()), ("campaign_change_agreed".into(), title())]);
}

#[tokio::test]
async fn a_visitor_is_told_of_the_open_one_then_of_the_next_then_of_the_last() {
    let site = TestSite::new().await;
    let past = campaign("Expérimentation 2025", date!(2025 - 01 - 11), date!(2025 - 06 - 30), date!(2026 - 01 - 10));
    let later = campaign("Expérimentation 2029", date!(2029 - 01 - 11), date!(2029 - 06 - 30), date!(2030 - 01 - 10));
    for campaign in [&later, &past, &spring()] {
        announce(&site, campaign).await;
    }
    for (day, told) in [
        (date!(2024 - 01 - 01), "Expérimentation 2025"),
        (date!(2025 - 06 - 30), "Expérimentation 2025"),
        (date!(2026 - 12 - 03), "Expérimentation 2027"),
        (date!(2027 - 06 - 30), "Expérimentation 2027"),
        (date!(2027 - 07 - 01), "Expérimentation 2029"),
        (date!(2031 - 01 - 01), "Expérimentation 2029"),
    ] {
        assert_eq!(current(&site, day).await.as_deref(), Some(told), "{day}");
    }
}

#[tokio::test]
async fn the_home_page_and_the_wizard_say_the_state_of_the_day() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let case = "/eligibilite?profil=entreprise&cas=experimentation";
    assert!(visitor.get("/").await.says("Aucune expérimentation n’est ouverte sur ce guichet pour l’instant."));
    assert!(visitor.get(case).await.says("Aucune expérimentation n’est ouverte sur ce guichet."));
    let mut open = campaign("Expérimentation 2026", date!(2026 - 12 - 03), date!(2026 - 12 - 31), date!(2027 - 12 - 02));
    open.capacity = 40;
    announce(&site, &spring()).await;
    assert!(visitor.get("/").await.says("Les candidatures seront reçues à partir du 11 janvier 2027."));
    announce(&site, &open).await;
    let home = visitor.get("/").await;
    assert!(home.says("Ouverte") && home.says("40 places libres sur 40"), "{}", home.text());
    let wizard = visitor.get(case).await;
    assert!(wizard.says("40 sur 40") && wizard.says("31 décembre 2026") && wizard.says("Expérimentation 2026"), "{}", wizard.text());
    let answers = "personne_morale=oui&etablissement=oui&anciennete=oui&service=oui&secteur=sante&engagements=oui";
    let verdict = visitor.get(&format!("{case}&{answers}")).await;
    assert!(verdict.says("Vous êtes peut-être éligible") && verdict.says("Il reste 40 places sur 40"), "{}", verdict.text());
    assert!(verdict.html.contains("/demandes/nouvelle?profil=entreprise&#38;type=experimentation&#38;secteur=sante"), "{}", verdict.html);
}

#[tokio::test]
async fn the_home_page_is_shown_without_its_database_and_invents_nothing() {
    let site = TestSite::new().await;
    site.state.db.close().await;
    let home = site.visitor().get("/").await;
    assert_eq!(home.status, 200);
    assert!(home.says("Nous ne pouvons pas dire en ce moment si une expérimentation est ouverte."), "{}", home.text());
}

#[tokio::test]
async fn the_database_holds_the_shape_of_a_campaign_by_itself() {
    let site = TestSite::new().await;
    let mut owner = site.database.owner().await;
    let dates = "'2027-01-11', '2027-06-30', '2028-01-10'";
    for (title, dates, capacity, silence, constraint) in [
        ("", dates, 100, "'rejection'", "campaigns_title_is_a_line"),
        ("A", "'2027-06-30', '2027-01-11', '2028-01-10'", 100, "'rejection'", "campaigns_dates_are_in_order"),
        ("A", "'2027-01-11', '2028-01-10', '2027-06-30'", 100, "'rejection'", "campaigns_dates_are_in_order"),
        ("A", dates, 0, "'rejection'", "campaigns_capacity_is_positive"),
        ("A", dates, 100, "null", "campaigns_say_what_silence_means"),
        ("A", dates, 100, "'maybe'", "campaigns_say_what_silence_means"),
        ("A", "'2026-01-11', '2026-06-30', '2027-01-10'", 100, "'rejection'", "campaigns_reserve_ends_in_time"),
    ] {
        let insert = format!(
            "insert into campaigns (title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity, created_at, silence_effect,
                 reserved_until)
             values ('{title}', 'Arrêté', 'https://e.test/', {dates}, {capacity}, now(), {silence}, '2027-06-30')"
        );
        let error = owner.execute(AssertSqlSafe(insert)).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().constraint(), Some(constraint));
    }
}
