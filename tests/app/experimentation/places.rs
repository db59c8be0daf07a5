//! What people see of places: a candidature has one or waits, a freed one goes on, and an approval needs one.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Applicant, Person, Role},
    applications::{self, Attestations, Kind, submit, withdraw},
    experimentation::{Campaign, Holds, Panel, Share, Standing, change_panel_in_line, find_current_id, find_standing, line::Stand},
    ids::ApplicationId,
    problem::Problem,
    worker::run_clocks,
};
use sqlx::{AssertSqlSafe, Executor};
use time::{Duration, macros::date};

use super::crowd::against_places;
use crate::support::{TestSite, Visitor, given, private};

/// A site with a campaign of that many places, and Hélène whose association holds the first of them.
async fn a_campaign_of(capacity: u32, share: Share) -> (TestSite, Person, ApplicationId) {
    let site = TestSite::with(|config| config.decision_hold = 0).await;
    let usual = private::campaign();
    let panel = Panel::even(share, date!(2026 - 12 - 20));
    private::announce(&site, &Campaign { capacity, panel, ..usual }).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    let first = private::a_submitted(&site, &helene, private::ASSOCIATION, Kind::Experiment).await;
    (site, helene, first)
}

/// Another company's candidature, with the word its findings ask for.
pub async fn a_second(site: &TestSite) -> (Person, ApplicationId) {
    let yves = given::a_person(site, "yves@societe.test").await;
    let id = private::a_complete_draft(site, &yves, private::YOUNG, Kind::Experiment).await;
    hand_in(site, &yves, id).await;
    (yves, id)
}

pub async fn hand_in(site: &TestSite, person: &Person, id: ApplicationId) {
    let mut transaction = site.state.db.begin().await.unwrap();
    let seen = applications::find_draft(&mut transaction, id).await.unwrap().seen();
    let said = Attestations { terms_accepted: true, dpo_informed: true, alternative_login: true, explanation: "Une reprise.".into() };
    let by = Applicant::new(person.clone());
    submit(&mut transaction, &by, id, seen, said, &site.state.config.desk, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

pub async fn standing(site: &TestSite, id: ApplicationId) -> Standing {
    find_standing(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().unwrap()
}

async fn leaves(site: &TestSite, person: &Person, id: ApplicationId) {
    let mut transaction = site.state.db.begin().await.unwrap();
    withdraw(&mut transaction, &Applicant::new(person.clone()), id, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Sophie of the team, and Anne who signs.
async fn a_team(site: &TestSite) -> (Visitor, Visitor) {
    given::a_reviewer(site, "nadia@dinum.test").await;
    given::somebody_with_roles(site, "anne@dinum.test", &[Role::Signatory]).await;
    let (mut nadia, mut anne) = (site.visitor(), site.visitor());
    nadia.sign_in("nadia@dinum.test").await;
    anne.sign_in("anne@dinum.test").await;
    (nadia, anne)
}

async fn two_opinions(site: &TestSite, id: ApplicationId) {
    for (service, by) in [("legal", "anne@dinum.test"), ("franceconnect", "nadia@dinum.test")] {
        let (id, account) = (id.0, format!("(select id from accounts where email = '{by}')"));
        for statement in [
            format!("insert into opinion_requests values ({id}, 1, '{service}', '', {account}, now())"),
            format!("insert into opinions values ({id}, 1, '{service}', 'favourable', 'Rien.', {account}, 'A', 'Juriste', now())"),
        ] {
            site.state.db.execute(AssertSqlSafe(statement)).await.unwrap();
        }
    }
}

const NOTHING_KEPT: Share = Share { floor: 0, ceiling: 100 };

#[tokio::test]
async fn the_place_of_who_leaves_goes_to_the_next_who_is_told() {
    let (site, helene, first) = a_campaign_of(1, NOTHING_KEPT).await;
    let (_, second) = a_second(&site).await;
    assert!(standing(&site, first).await.has_a_place());
    let waits = standing(&site, second).await;
    assert!(matches!(waits.holds, Holds::Turn { position: 1, .. }));
    assert_eq!(
        waits.sentence(),
        "Cette candidature attend une place : elle est 1re dans la file du secteur « Éducation et enseignement supérieur ». La seule place de l’expérimentation est prise."
    );
    let mut visitor = site.visitor();
    let home = visitor.get("/").await;
    assert!(home.says("Complète"), "{}", home.text());
    visitor.sign_in("yves@societe.test").await;
    let page = visitor.get(&format!("/demandes/{}", second.0)).await;
    assert!(page.says("En attente d’une place") && page.says("elle est 1re dans la file"), "{}", page.text());
    leaves(&site, &helene, first).await;
    assert!(standing(&site, second).await.has_a_place());
    let page = visitor.get(&format!("/demandes/{}", second.0)).await;
    assert!(page.says("Place réservée"), "{}", page.text());
    let letters = site.letters_to("yves@societe.test").await;
    assert!(letters.last().unwrap().text.contains("Une place vous est réservée"), "{}", letters.last().unwrap().text);
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

#[tokio::test]
async fn a_candidature_that_waits_is_not_approved_and_the_signatory_reads_why() {
    let (site, helene, first) = a_campaign_of(1, NOTHING_KEPT).await;
    let (_, second) = a_second(&site).await;
    let (mut nadia, mut anne) = a_team(&site).await;
    two_opinions(&site, second).await;
    nadia.post(&format!("/instruction/{}/decision", second.0), &[("outcome", "approved"), ("version", "1"), ("message", "Bravo.")]).await;
    let path = format!("/instruction/{}/signature", second.0);
    let to_sign = [("revision", "1"), ("outcome", "approved"), ("read", "oui")];
    let page = anne.get(&path).await;
    assert!(page.says("Une place est réservée à cette candidature") && page.says("ne peut pas être approuvée"), "{}", page.text());
    let refused = anne.post(&path, &to_sign).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says("La seule place de l’expérimentation est prise."), "{}", refused.text());
    leaves(&site, &helene, first).await;
    assert_eq!(anne.post(&path, &to_sign).await.status, StatusCode::SEE_OTHER);
    assert!(matches!(standing(&site, second).await.holds, Holds::Place { stand: Stand::Granted, .. }));
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

#[tokio::test]
async fn a_corrected_sector_is_read_by_its_applicant_and_moves_the_line() {
    let (site, _, first) = a_campaign_of(20, Share { floor: 0, ceiling: 1 }).await;
    let (_, second) = a_second(&site).await;
    assert!(standing(&site, second).await.is_waiting());
    let (mut nadia, _) = a_team(&site).await;
    let path = format!("/instruction/{}/secteur", second.0);
    let page = nadia.get(&path).await;
    assert!(page.says("Ce secteur tient 1 place : c’est le plus qu’il puisse recevoir."), "{}", page.text());
    let nothing_said = nadia.post(&path, &[("secteur", "transport"), ("because", " ")]).await;
    assert_eq!(nothing_said.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(nothing_said.attribute("input[name=secteur][checked]", "value").as_deref(), Some("transport"));
    let done = nadia.post(&path, &[("secteur", "transport"), ("because", "Le service organise du covoiturage.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(standing(&site, second).await.has_a_place());
    let letters = site.letters_to("yves@societe.test").await;
    let letter = &letters.last().unwrap().text;
    assert!(letter.contains("« Transport de personnes »") && letter.contains("covoiturage"), "{letter}");
    let back = nadia.post(&format!("/instruction/{}/secteur", first.0), &[("secteur", "transport"), ("because", "Idem.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(standing(&site, first).await.is_waiting(), "the other sector is at its ceiling: nobody who holds a place gives it up");
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

#[tokio::test]
async fn what_is_kept_for_other_sectors_is_released_on_its_day_by_the_timer() {
    let (site, _, first) = a_campaign_of(7, Share { floor: 1, ceiling: 7 }).await;
    let mut owner = site.database.owner().await;
    let id = find_current_id(&mut owner, date!(2026 - 12 - 03)).await.unwrap().unwrap();
    let panel = Panel::even(Share { floor: 1, ceiling: 7 }, date!(2026 - 12 - 20));
    change_panel_in_line(&mut owner, id, 6, &panel, site.state.clock.now()).await.unwrap();
    let (_, second) = a_second(&site).await;
    assert!(standing(&site, first).await.has_a_place());
    let waits = standing(&site, second).await.sentence().replace('\u{a0}', " ");
    assert!(waits.ends_with("Il reste 5 places, gardées pour d’autres secteurs jusqu’au 20 décembre 2026."), "{waits}");
    assert_eq!(run_clocks(&site.state).await.unwrap().seated, 0);
    site.state.clock.advance(Duration::days(17));
    assert_eq!(run_clocks(&site.state).await.unwrap().seated, 1);
    assert!(standing(&site, second).await.has_a_place());
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}

#[tokio::test]
async fn a_capacity_below_those_who_hold_places_is_refused_with_their_number() {
    let (site, _, _) = a_campaign_of(3, NOTHING_KEPT).await;
    a_second(&site).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let id = find_current_id(&mut transaction, date!(2026 - 12 - 03)).await.unwrap().unwrap();
    let panel = Panel::even(NOTHING_KEPT, date!(2026 - 12 - 20));
    let Err(Problem::NotPossible { sentence, .. }) = change_panel_in_line(&mut transaction, id, 1, &panel, site.state.clock.now()).await
    else {
        panic!("two hold a place")
    };
    assert_eq!(sentence, "2 places sont tenues : la capacité ne peut pas descendre à 1. Elle peut descendre jusqu’à 2.");
    drop(transaction);
    let mut transaction = site.state.db.begin().await.unwrap();
    change_panel_in_line(&mut transaction, id, 2, &panel, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(against_places(&site.database).await, [""; 0]);
    site.letters().await;
}
