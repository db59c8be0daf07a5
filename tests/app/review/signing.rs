//! A decision prepared, read, signed, held and taken back: what is decided, for whom, and when.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, State},
    ids::ApplicationId,
    worker::settle_decisions,
};
use time::Duration;

use crate::support::{TestSite, Visitor, given};

const FACTS: &str = "la date de naissance n’est pas utile au paiement de la cantine.";
pub const REFUSAL: [(&str, &str); 4] = [("outcome", "refused"), ("version", "1"), ("ground", "data_not_proportionate"), ("message", FACTS)];
pub const APPROVAL: [(&str, &str); 3] = [("outcome", "approved"), ("version", "1"), ("message", "Bravo.")];

/// A site that holds decisions ten minutes, Camille's demande, and Nadia who reviews.
pub async fn a_dossier_held() -> (TestSite, Visitor, ApplicationId) {
    let site = TestSite::with(|config| config.decision_hold = 10).await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = given::a_submitted_application(&site, &camille).await;
    let nadia = signed_in(&site, "nadia@dinum.test").await;
    (site, nadia, id)
}

pub async fn signed_in(site: &TestSite, email: &str) -> Visitor {
    let mut visitor = site.visitor();
    visitor.sign_in(email).await;
    visitor
}

pub async fn state_of(site: &TestSite, id: ApplicationId) -> State {
    applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().state
}

pub fn here(id: ApplicationId, page: &str) -> String {
    format!("/instruction/{}/{page}", id.0)
}

/// The letters a deposit writes are not what these tests are about.
pub async fn letters_of_decisions(site: &TestSite) -> Vec<String> {
    let mut letters = site.letters().await;
    letters.retain(|letter| !letter.starts_with("application_arrived") && !letter.starts_with("application_received"));
    letters
}

#[tokio::test]
async fn what_is_signed_leaves_ten_minutes_later_and_nothing_is_decided_before() {
    let (site, mut nadia, id) = a_dossier_held().await;
    let mut camille = signed_in(&site, "camille@clamart.test").await;
    let before = camille.get(&format!("/demandes/{}", id.0)).await.text();
    let signed = nadia.decides(&here(id, "decision"), &REFUSAL).await;
    assert_eq!(signed.location(), format!("/instruction/{}", id.0), "{}", signed.text());
    let dossier = nadia.get(signed.location()).await;
    assert!(dossier.says("Refus signé") && dossier.says("la lettre part le 3 décembre 2026 à 10 h 10"), "{}", dossier.text());
    for minutes in [0, 9] {
        site.state.clock.advance(Duration::minutes(minutes));
        assert_eq!(settle_decisions(&site.state).await.unwrap(), 0);
        assert_eq!(state_of(&site, id).await, State::Submitted);
        assert_eq!(camille.get(&format!("/demandes/{}", id.0)).await.text(), before, "the applicant sees no change");
        assert!(letters_of_decisions(&site).await.is_empty());
    }
    site.state.clock.advance(Duration::minutes(1));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 1);
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 0, "once");
    assert_eq!(state_of(&site, id).await, State::Refused);
    assert_eq!(letters_of_decisions(&site).await, ["application_refused to camille@clamart.test"]);
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says(FACTS));
    let row: (String, i64, i64) =
        sqlx::query_as("select author_name, decided_by, prepared_by from decisions").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(row.0, "Nadia Rousseau");
    assert_eq!(row.1, row.2);
}

#[tokio::test]
async fn the_letter_that_was_read_is_the_letter_that_leaves() {
    for (decision, hidden) in [(&REFUSAL[..], ""), (&APPROVAL[..], "H1")] {
        let (site, mut nadia, id) = a_dossier_held().await;
        let page = nadia.post(&here(id, "decision"), decision).await.location().to_owned();
        let read = nadia.get(&page).await;
        assert!(read.says("telle qu’elle partira") && read.says("Chargée de mission"), "{}", read.text());
        nadia.signs(&page).await;
        site.state.clock.advance(Duration::minutes(10));
        settle_decisions(&site.state).await.unwrap();
        let letters = site.letters_to("camille@clamart.test").await;
        let left = scraper::Html::parse_document(&letters.last().unwrap().html);
        let words = |html: &scraper::Html, selector: &str| {
            let element = html.select(&scraper::Selector::parse(selector).unwrap()).next().unwrap();
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (read, left) = (words(&scraper::Html::parse_document(&read.html), ".hab-sheet"), words(&left, "main"));
        let (_, read) = read.split_once("Bonjour").unwrap();
        let (_, left) = left.split_once("Bonjour").unwrap();
        let numbered =
            if hidden.is_empty() { read.to_owned() } else { read.replace("H…", hidden).replace("/habilitations ", "/habilitations/1 ") };
        assert_eq!(numbered, left);
        site.letters().await;
    }
}

#[tokio::test]
async fn a_signed_decision_is_taken_back_before_it_leaves_and_nobody_outside_knows() {
    let (site, mut nadia, id) = a_dossier_held().await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    nadia.decides(&here(id, "decision"), &APPROVAL).await;
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    let page = samir.get(&here(id, "signature")).await;
    assert!(page.says("Nadia Rousseau a signé la validation") && page.says("Annuler la décision"), "{}", page.text());
    assert_eq!(samir.post(&here(id, "annulation"), &[("because", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let because = [("because", "Le maire a changé hier.")];
    assert_eq!(samir.post(&here(id, "annulation"), &because).await.status, StatusCode::SEE_OTHER);
    site.state.clock.advance(Duration::minutes(11));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 0);
    assert_eq!(state_of(&site, id).await, State::Submitted);
    assert_eq!(letters_of_decisions(&site).await, ["decision_returned to nadia@dinum.test"]);
    let told = site.letters_to("nadia@dinum.test").await;
    assert!(told.last().unwrap().text.contains("Samir Rousseau a annulé, avant son départ, la validation"));
    let again = nadia.get(&here(id, "signature")).await;
    assert!(again.says("Samir Rousseau l’a annulée") && again.says("Le maire a changé hier."), "{}", again.text());
    nadia.signs(&here(id, "signature")).await;
    site.state.clock.advance(Duration::minutes(10));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 1, "it may be signed again");
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    let late = samir.post(&here(id, "annulation"), &because).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a validé cette demande") && late.says("Les lettres sont parties."), "{}", late.text());
    site.letters().await;
}

#[tokio::test]
async fn what_is_sent_back_is_written_again_before_it_is_signed() {
    let (site, mut nadia, id) = a_dossier_held().await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    nadia.post(&here(id, "decision"), &REFUSAL).await;
    let shown = samir.get(&here(id, "signature")).await;
    let revision = shown.attribute("input[name=revision]", "value").unwrap();
    let word = [("revision", revision.as_str()), ("because", "Dites laquelle.")];
    assert_eq!(samir.post(&here(id, "renvoi"), &word).await.status, StatusCode::SEE_OTHER);
    let late = nadia.post(&here(id, "signature"), &[("revision", &revision), ("outcome", "refused"), ("read", "oui")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Samir Rousseau l’a renvoyée") && late.says("rien n’a été signé") && late.says("Dites laquelle."), "{}", late.text());
    assert_eq!(late.count("form[action$='/signature']"), 0, "nothing to sign until it is written again");
    let form = nadia.get(&here(id, "refus")).await;
    assert!(form.says(FACTS) && form.says("Dites laquelle."), "{}", form.text());
    let read = form.attribute("input[name=read]", "value").unwrap();
    let better =
        [&REFUSAL[..3], &[("message", "la date de naissance des parents est demandée sans usage."), ("read", read.as_str())]].concat();
    let signed = nadia.decides(&here(id, "decision"), &better).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    assert_eq!(letters_of_decisions(&site).await, ["decision_returned to nadia@dinum.test"]);
}

#[tokio::test]
async fn two_who_prepare_are_told_of_each_other_and_keep_their_words() {
    let (site, mut nadia, id) = a_dossier_held().await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    nadia.post(&here(id, "decision"), &APPROVAL).await;
    nadia.post(&here(id, "decision"), &APPROVAL).await;
    let late = samir.post(&here(id, "decision"), &REFUSAL).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a préparé la validation de la version 1") && late.says(FACTS), "{}", late.text());
    let read = late.attribute("input[name=read]", "value").unwrap();
    assert_eq!(read, "1", "pressing twice prepares once");
    let knowingly = [&REFUSAL[..], &[("read", read.as_str())]].concat();
    assert_eq!(samir.post(&here(id, "decision"), &knowingly).await.location(), here(id, "signature"));
    let stale = nadia.post(&here(id, "signature"), &[("revision", "1"), ("outcome", "approved")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("Samir Rousseau a préparé le refus") && stale.says("rien n’a été signé"), "{}", stale.text());
    assert!(letters_of_decisions(&site).await.is_empty());
}

#[tokio::test]
async fn a_refusal_is_signed_by_somebody_who_says_they_read_it() {
    let (site, mut nadia, id) = a_dossier_held().await;
    nadia.post(&here(id, "decision"), &REFUSAL).await;
    let unread = nadia.post(&here(id, "signature"), &[("revision", "1"), ("outcome", "refused")]).await;
    assert_eq!((unread.status, unread.count("#erreurs a[href='#read']")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    site.letters().await;
}

#[tokio::test]
async fn the_law_may_be_said_in_other_words_than_the_list_s() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    let law = "l’article 5 du RGPD, que rappelle la délibération n° 2026-12 de la CNIL.";
    let typed = [&REFUSAL[..], &[("in_law", law)]].concat();
    assert_eq!(nadia.decides(&here(id, "decision"), &typed).await.status, StatusCode::SEE_OTHER);
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says(law));
    assert!(site.letters_to("camille@clamart.test").await.last().unwrap().text.contains(&format!("En droit, {law}")));
    site.letters().await;
}

#[tokio::test]
async fn grounds_of_the_experiment_are_not_offered_nor_taken_elsewhere() {
    let (site, mut nadia, id) = a_dossier_held().await;
    let form = nadia.get(&here(id, "refus")).await;
    assert_eq!(form.count("input[name=ground]"), 5);
    for ground in ["selection_s6", "panel_full", "capacity_reached", "out_of_campaign", "nothing"] {
        let typed = [("outcome", "refused"), ("version", "1"), ("ground", ground), ("message", FACTS)];
        let refused = nadia.post(&here(id, "decision"), &typed).await;
        assert_eq!((refused.status, refused.count("#erreurs a[href='#ground']")), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{ground}");
    }
    site.letters().await;
}
