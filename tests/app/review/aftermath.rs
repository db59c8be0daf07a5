//! What follows a silence: the attestation of an acceptance, the reasons of a rejection; and the end of a demande nobody answers for.

use axum::http::StatusCode;
use habilitation::{
    applications::State,
    calendar,
    config::SilenceEffect,
    ids::ApplicationId,
    review::{Request, request_changes},
};
use time::Duration;

use super::{
    SERVICE,
    clock::{CAMILLE, a_private_demande, items_are_asked, state_of, time_passes},
};
use crate::support::{TestSite, Visitor, given};

pub(super) async fn signed_in(site: &TestSite, email: &str) -> Visitor {
    let mut visitor = site.visitor();
    visitor.sign_in(email).await;
    visitor
}

async fn last_letter(site: &TestSite) -> String {
    site.letters_to(CAMILLE).await.last().unwrap().text.clone()
}

#[tokio::test]
async fn an_acceptance_by_silence_is_attested_at_once_to_whoever_filed_the_demande() {
    let (site, _, _, id) = a_private_demande(SilenceEffect::Acceptance).await;
    let mut camille = signed_in(&site, CAMILLE).await;
    let (ask, paper) = (format!("/demandes/{}/attestation", id.0), format!("/demandes/{}/attestation.pdf", id.0));
    let early = camille.post(&ask, &[]).await;
    assert!(early.status == StatusCode::CONFLICT && early.says("il n’y a rien à attester"), "{}", early.text());
    assert_eq!(camille.get(&paper).await.location(), format!("/demandes/{}", id.0), "nothing was made out");
    time_passes(&site, 62).await;
    let mut camille = signed_in(&site, CAMILLE).await;
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says("Obtenir l’attestation"));
    assert_eq!(camille.post(&ask, &[]).await.location(), paper);
    let made_out = camille.get(&paper).await.bytes;
    let read = lopdf::Document::load_mem(&made_out).unwrap();
    let said = read.extract_text(&read.get_pages().keys().copied().collect::<Vec<_>>()).unwrap().replace('\u{a0}', " ");
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("attestation_of_an_acceptance", lines.join("\n"));
    });
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in ["L. 232-3", "3 février 2027", &id.to_string()] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    site.state.clock.advance(Duration::days(3));
    let mut camille = signed_in(&site, CAMILLE).await;
    assert_eq!(camille.post(&ask, &[]).await.location(), paper);
    assert!(camille.get(&paper).await.bytes == made_out, "asked again, it is the same");
    site.letters().await;
}

#[tokio::test]
async fn the_reasons_of_a_rejection_by_silence_are_asked_for_are_late_and_are_given() {
    let (site, _, _, id) = a_private_demande(SilenceEffect::Rejection).await;
    let (own, teams) = (format!("/demandes/{}", id.0), format!("/instruction/{}", id.0));
    time_passes(&site, 62).await;
    let (mut camille, mut nadia) = (signed_in(&site, CAMILLE).await, signed_in(&site, "nadia@dinum.test").await);
    let page = camille.get(&own).await;
    assert!(page.says("Demander les motifs") && page.says("recours gracieux") && page.says("jusqu’au 5 avril 2027"), "{}", page.text());
    assert_eq!(camille.post(&format!("{own}/motifs"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(site.letters().await.iter().any(|letter| letter == "clock_news to nadia@dinum.test"));
    assert!(nadia.get("/instruction/implicites").await.says("Motifs demandés"));
    site.state.clock.advance(Duration::days(40));
    let (mut camille, mut nadia) = (signed_in(&site, CAMILLE).await, signed_in(&site, "nadia@dinum.test").await);
    let waiting = camille.get(&own).await;
    assert!(nadia.get(&teams).await.says("Motifs en retard") && waiting.says("ce délai est passé"));
    assert!(waiting.says("le délai pour saisir le tribunal est prolongé"), "asked in time: {}", waiting.text());
    let typed = [("in_law", "l’arrêté du 8 novembre 2018 réserve cet usage."), ("in_fact", "")];
    let half = nadia.post(&format!("{teams}/motifs"), &typed).await;
    assert!(half.status == StatusCode::UNPROCESSABLE_ENTITY && half.says("réserve cet usage"), "both are owed: {}", half.text());
    let typed = [typed[0], ("in_fact", "le service n’ouvre aucun compte.")];
    assert_eq!(nadia.post(&format!("{teams}/motifs"), &typed).await.status, StatusCode::SEE_OTHER);
    let letter = last_letter(&site).await;
    assert!(letter.contains("réserve cet usage") && letter.contains("n’ouvre aucun compte"), "{letter}");
    let page = camille.get(&own).await;
    assert!(page.says("n’ouvre aucun compte") && page.says("à compter du jour où ces motifs vous ont été communiqués"), "{}", page.text());
    let twice = nadia.post(&format!("{teams}/motifs"), &typed).await;
    assert!(twice.status == StatusCode::CONFLICT && twice.says("a communiqué les motifs"), "{}", twice.text());
    site.letters().await;
}

#[tokio::test]
async fn reasons_are_not_asked_for_once_the_period_of_appeal_is_over() {
    let (site, _, _, id) = a_private_demande(SilenceEffect::Rejection).await;
    time_passes(&site, 62).await;
    site.state.clock.advance(Duration::days(70));
    let mut camille = signed_in(&site, CAMILLE).await;
    let late = camille.post(&format!("/demandes/{}/motifs", id.0), &[]).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("se demandaient dans le délai de recours"), "{}", late.text());
    site.letters().await;
}

/// Warns the applicant through the page, with twenty days to answer.
pub(super) async fn warn(site: &TestSite, nadia: &mut Visitor, id: ApplicationId) -> crate::support::Answer {
    let limit = calendar::days_after(calendar::paris_date(site.state.clock.now()), 20).to_string();
    nadia.post(&format!("/instruction/{}/classement/avertissement", id.0), &[("limit_on", &limit)]).await
}

#[tokio::test]
async fn a_demande_nobody_answers_for_is_closed_after_a_warning_and_taken_up_again() {
    let site = TestSite::new().await;
    let reviewer = given::a_reviewer(&site, "nadia@dinum.test").await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let asked = Request { message: "Précisez les destinataires.".into(), points: Vec::new() };
    request_changes(&mut transaction, &reviewer, id, 1, asked, SERVICE, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let end = format!("/instruction/{}/classement", id.0);
    let early = warn(&site, &mut nadia, id).await;
    assert!(early.status == StatusCode::CONFLICT && early.says("a encore du temps pour répondre"), "{}", early.text());
    site.state.clock.advance(Duration::days(31));
    let mut nadia = signed_in(&site, "nadia@dinum.test").await;
    let unwarned = nadia.post(&end, &[]).await;
    assert!(unwarned.status == StatusCode::CONFLICT && unwarned.says("n’a pas encore été averti"), "{}", unwarned.text());
    let short = calendar::days_after(calendar::paris_date(site.state.clock.now()), 5).to_string();
    let hasty = nadia.post(&format!("{end}/avertissement"), &[("limit_on", &short)]).await;
    assert_eq!(hasty.status, StatusCode::UNPROCESSABLE_ENTITY, "fifteen days at least: {}", hasty.text());
    assert_eq!(warn(&site, &mut nadia, id).await.status, StatusCode::SEE_OTHER);
    let warning = last_letter(&site).await;
    assert!(warning.contains("sans suite"), "{warning}");
    let waiting = nadia.post(&end, &[]).await;
    assert!(waiting.status == StatusCode::CONFLICT && waiting.says("attendez la fin de ce jour"), "{}", waiting.text());
    site.state.clock.advance(Duration::days(21));
    let (mut camille, mut nadia) = (signed_in(&site, "camille@clamart.test").await, signed_in(&site, "nadia@dinum.test").await);
    assert_eq!(nadia.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&site, id).await, State::Closed);
    let page = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(page.says("Votre demande est classée sans suite") && page.says("Portail familles"), "{}", page.text());
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let resumed = camille.post(&format!("/demandes/{}/reprise", id.0), &[("start_key", &key)]).await;
    assert_eq!(resumed.status, StatusCode::SEE_OTHER, "{}", resumed.text());
    site.letters().await;
}

#[tokio::test]
async fn a_private_body_is_closed_for_missing_items_only() {
    let (site, _, nadia, id) = a_private_demande(SilenceEffect::Rejection).await;
    let mut browser = signed_in(&site, "nadia@dinum.test").await;
    let limit = calendar::days_after(calendar::paris_date(site.state.clock.now()), 15);
    items_are_asked(&site, &nadia, id, 1, limit).await;
    let early = warn(&site, &mut browser, id).await;
    assert!(early.status == StatusCode::CONFLICT && early.says("a encore du temps pour répondre"), "{}", early.text());
    time_passes(&site, 17).await;
    let mut browser = signed_in(&site, "nadia@dinum.test").await;
    assert_eq!(warn(&site, &mut browser, id).await.status, StatusCode::SEE_OTHER);
    site.state.clock.advance(Duration::days(21));
    let mut browser = signed_in(&site, "nadia@dinum.test").await;
    assert_eq!(browser.post(&format!("/instruction/{}/classement", id.0), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&site, id).await, State::Closed);
    site.letters().await;
}
