//! What somebody of the client sees and does, without an account.

use habilitation::{
    accounts::{Reviewer, Role},
    review::{approve, refuse, request_changes},
    worker::settle_decisions,
};
use time::Duration;
use tokio::task::JoinSet;

use super::{count, filed_for_clamart, last_link};
use crate::support::{TestSite, given};

#[tokio::test]
async fn the_client_sees_the_demande_and_nothing_changes_by_looking() {
    let site = TestSite::new().await;
    let (_, id, mayor, dpo) = filed_for_clamart(&site).await;
    let before = count(&site, "select count(*) from journal").await;
    let mut browser = site.visitor();
    let page = browser.get(&mayor).await;
    assert!(page.says("Portail familles") && page.says("y êtes nommé comme responsable de traitement"), "{}", page.text());
    assert!(page.says("Marché n° 2026-12") && page.says(&id.to_string()), "{}", page.text());
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert!(browser.get(&dpo).await.says("délégué à la protection des données."));
    for act in ["coordonnees", "opposition"] {
        assert_eq!(browser.get(&format!("{mayor}/{act}")).await.status, 200);
    }
    assert_eq!(count(&site, "select count(*) from journal").await, before, "opening changes nothing");
    // Each link opens with its own seal only, and nothing else of the desk.
    let (mayor_seal, dpo_link) = (mayor.rsplit('/').next().unwrap(), dpo.split('/').nth(2).unwrap());
    for path in
        [format!("/client/{dpo_link}/{mayor_seal}"), format!("/lien/{dpo_link}/{mayor_seal}"), format!("{mayor}0"), "/client/x/y".into()]
    {
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(browser.get(&format!("/demandes/{}", id.0)).await.status, 303, "asked to sign in");
}

#[tokio::test]
async fn an_objection_holds_approval_back_until_the_team_has_read_it() {
    let site = TestSite::new().await;
    let (mut karim, id, mayor, _) = filed_for_clamart(&site).await;
    let mut browser = site.visitor();
    let path = format!("{mayor}/opposition");
    let silent = browser.post(&path, &[("reason", " ")]).await;
    assert!(silent.status == 422 && silent.count("#erreurs li") == 1, "{}", silent.text());
    assert_eq!(browser.post(&path, &[("reason", "Notre contrat a pris fin.\n\u{ab}Merci.\u{bb}")]).await.location(), mayor);
    assert_eq!(browser.post(&path, &[("reason", "Deux fois.")]).await.status, 303, "once is enough");
    assert_eq!(count(&site, "select count(*) from objections").await, 1);
    for address in ["karim@editeur.test", "reviewer@equipe.test"] {
        let letters = site.letters_to(address).await;
        assert!(letters.last().unwrap().text.contains("Notre contrat a pris fin."), "{address}");
    }
    assert!(karim.get(&format!("/demandes/{}", id.0)).await.says("Jeanne Moreau, responsable de traitement, s’oppose à la demande"));
    assert!(karim.get("/clients").await.says("Opposition du client"));

    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    let decision = format!("/instruction/{}/decision", id.0);
    let approving = [("outcome", "approved"), ("version", "1")];
    let held = sophie.decides(&decision, &approving).await;
    assert!(held.status == 409 && held.says("personne de l’équipe n’a encore lu sa raison"), "{}", held.text());
    let dossier = sophie.get(&format!("/instruction/{}", id.0)).await;
    let read = dossier.attribute("form[action$=lecture]", "action").unwrap();
    assert_eq!(sophie.post(&read, &[]).await.status, 303);
    assert_eq!(sophie.decides(&decision, &approving).await.status, 303, "it stands, and the decision is the team's");
    site.letters().await;
}

#[tokio::test]
async fn an_objection_that_comes_after_the_signature_holds_the_decision_back() {
    let site = TestSite::with(|config| config.decision_hold = 10).await;
    let (_, id, mayor, _) = filed_for_clamart(&site).await;
    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    let approving = [("outcome", "approved"), ("version", "1")];
    assert_eq!(sophie.decides(&format!("/instruction/{}/decision", id.0), &approving).await.status, 303);
    assert_eq!(site.visitor().post(&format!("{mayor}/opposition"), &[("reason", "Non.")]).await.status, 303);
    site.state.clock.advance(Duration::minutes(10));
    assert_eq!(settle_decisions(&site.state).await.unwrap(), 1);
    assert_eq!(count(&site, "select count(*) from authorizations").await, 0);
    let page = sophie.get(&format!("/instruction/{}/signature", id.0)).await;
    assert!(page.says("Elle n’a pas pu partir") && page.says("n’a encore lu sa raison"), "{}", page.text());
    site.letters().await;
}

#[tokio::test]
async fn the_client_lifts_an_objection_and_approval_is_free_again() {
    let site = TestSite::new().await;
    let (_, id, mayor, dpo) = filed_for_clamart(&site).await;
    let mut browser = site.visitor();
    for link in [&mayor, &dpo] {
        assert_eq!(browser.post(&format!("{link}/opposition"), &[("reason", "Non.")]).await.status, 303);
        assert!(browser.get(&format!("{link}/opposition")).await.says("Lever mon opposition"));
    }
    let reviewer = Reviewer::new(given::staff(&site, Role::Signatory).await).unwrap();
    let now = site.state.clock.now();
    for link in [&mayor, &dpo] {
        let mut transaction = site.state.db.begin().await.unwrap();
        assert!(approve(&mut transaction, &reviewer, id, 1, String::new(), "DINUM", now).await.is_err(), "one stands");
        transaction.rollback().await.unwrap();
        assert_eq!(browser.post(&format!("{link}/levee"), &[]).await.status, 303);
        assert_eq!(browser.post(&format!("{link}/levee"), &[]).await.status, 303, "lifting twice changes nothing");
    }
    let mut transaction = site.state.db.begin().await.unwrap();
    approve(&mut transaction, &reviewer, id, 1, String::new(), "DINUM", now).await.unwrap();
    transaction.commit().await.unwrap();
    let late = browser.post(&format!("{mayor}/opposition"), &[("reason", "Trop tard.")]).await;
    assert!(late.status == 409 && late.says("n’est plus en cours d’examen"), "{}", late.text());
    site.letters().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_objections_at_once_are_one_and_an_approval_beside_them_is_before_or_after() {
    let site = TestSite::new().await;
    let (_, id, mayor, _) = filed_for_clamart(&site).await;
    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    let mut acts = JoinSet::new();
    for _ in 0..10 {
        let (mut browser, path) = (site.visitor(), format!("{mayor}/opposition"));
        acts.spawn(async move { browser.post(&path, &[("reason", "Non.")]).await.status.as_u16() });
    }
    acts.spawn(async move {
        sophie.decides(&format!("/instruction/{}/decision", id.0), &[("outcome", "approved"), ("version", "1")]).await.status.as_u16()
    });
    let statuses = acts.join_all().await;
    assert!(statuses.iter().all(|status| [303, 409].contains(status)), "{statuses:?}");
    let (objections, rights) =
        (count(&site, "select count(*) from objections").await, count(&site, "select count(*) from authorizations").await);
    assert_eq!(objections + rights, 1, "an approval, or an objection that holds it: {statuses:?}");
    site.letters().await;
}

#[tokio::test]
async fn contact_details_are_proposed_then_taken_over_in_the_next_version() {
    let site = TestSite::new().await;
    let (mut karim, id, mayor, _) = filed_for_clamart(&site).await;
    let mut browser = site.visitor();
    let path = format!("{mayor}/coordonnees");
    let form = browser.get(&path).await;
    assert_eq!(form.attribute("#data_controller_email", "value").as_deref(), Some("maire@clamart.test"), "their own, and only theirs");
    assert_eq!(form.count("input[name^=data_protection_officer]"), 0);
    let proposed = [
        ("data_controller_given_name", "Jeanne"),
        ("data_controller_family_name", "Moreau"),
        ("data_controller_job_title", "Maire"),
        ("data_controller_email", "cabinet@clamart.test"),
        ("data_controller_phone", "01 46 62 35 36"),
    ];
    let refused = browser.post(&path, &proposed[..4]).await;
    assert!(refused.status == 422 && refused.attribute("#data_controller_email", "value").as_deref() == Some("cabinet@clamart.test"));
    assert_eq!(browser.post(&path, &proposed).await.location(), mayor);
    assert!(browser.get(&mayor).await.says("cabinet@clamart.test"));
    assert!(site.letters_to("karim@editeur.test").await.last().unwrap().subject.contains("propose d’autres coordonnées"));
    let (take, contacts) = (format!("/demandes/{}/propositions/1", id.0), format!("/demandes/{}/contacts", id.0));
    assert_eq!(karim.post(&take, &[]).await.status, 409, "nothing submitted changes");

    let reviewer = Reviewer::new(given::staff(&site, Role::Signatory).await).unwrap();
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    request_changes(&mut transaction, &reviewer, id, 1, "Reprenez les coordonnées.".into(), "DINUM", now).await.unwrap();
    transaction.commit().await.unwrap();
    let step = karim.get(&contacts).await;
    assert_eq!(step.attribute("form[action*=propositions]", "action").as_deref(), Some(take.as_str()), "{}", step.text());
    assert_eq!(karim.post(&take, &[]).await.location(), contacts);
    let step = karim.get(&contacts).await;
    assert_eq!(step.attribute("#data_controller_email", "value").as_deref(), Some("cabinet@clamart.test"));
    assert_eq!(step.count("form[action*=propositions]"), 0);
    let summary = karim.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(karim.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await.status, 303);
    // The new address has a link of its own, the old one's is over; the DPO hears nothing twice.
    let new = last_link(&site, "cabinet@clamart.test").await;
    assert_eq!((browser.get(&new).await.status.as_u16(), browser.get(&mayor).await.status.as_u16()), (200, 410));
    assert_eq!(site.letters_to("dpo@interco.test").await.len(), 1);
    site.letters().await;
}

#[tokio::test]
async fn a_link_lasts_a_month_after_the_decision_and_is_renewed_to_the_same_address() {
    let site = TestSite::new().await;
    let (_, id, mayor, _) = filed_for_clamart(&site).await;
    let mut browser = site.visitor();
    let renewal = format!("{mayor}/nouveau-lien");
    assert_eq!(browser.post(&renewal, &[]).await.status, 410, "it was sent a moment ago");
    site.state.clock.advance(Duration::days(200));
    assert_eq!(browser.get(&mayor).await.status, 200, "as long as the demande waits");
    let reviewer = Reviewer::new(given::staff(&site, Role::Signatory).await).unwrap();
    let ground = habilitation::review::Ground::ALL[0];
    let mut transaction = site.state.db.begin().await.unwrap();
    refuse(&mut transaction, &reviewer, id, 1, ground, "Le service n’existe pas.".into(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.state.clock.advance(Duration::days(29));
    assert!(browser.get(&mayor).await.says("n’est plus en cours d’examen"));
    site.state.clock.advance(Duration::days(1));
    let expired = browser.get(&mayor).await;
    assert!(expired.status == 410 && !expired.says("Portail familles"), "{}", expired.text());
    assert!(browser.post(&renewal, &[]).await.says("Un nouveau lien vient de partir"));
    assert_eq!(browser.post(&renewal, &[]).await.status, 410, "each is renewed once");
    let new = last_link(&site, "maire@clamart.test").await;
    assert_ne!(new, mayor);
    assert_eq!(browser.get(&new).await.status, 200);
    site.state.clock.advance(Duration::days(30));
    assert_eq!(browser.get(&new).await.status, 410);
    site.letters().await;
}
