//! From the client's SIRET to the receipt, and what stands in the way.

use habilitation::applications::Step;

use super::{CLAMART, VENDOR, a_complete_draft, a_vendor, count, filed_for_clamart};
use crate::support::{TestSite, files::a_pdf, given};

#[tokio::test]
async fn a_vendor_files_for_a_town_hall_from_its_siret_to_its_receipt() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let empty = karim.get("/clients").await;
    assert!(empty.says("Vous n’avez pas encore de client"), "{}", empty.text());
    let choice = karim.get(&format!("/clients/{vendor}/nouvelle?siret={CLAMART}")).await;
    assert!(choice.says("Est-ce bien votre client ?") && choice.says("Commune de Clamart"), "{}", choice.text());
    let key = choice.attribute("input[name=start_key]", "value").unwrap();
    let fields = [("siret", CLAMART), ("start_key", key.as_str())];
    let started = karim.post(&format!("/clients/{vendor}/demandes"), &fields).await;
    let again = karim.post(&format!("/clients/{vendor}/demandes"), &fields).await;
    assert_eq!(started.location(), again.location(), "pressing twice starts one");
    let base = started.location().trim_end_matches("/organisme").to_owned();
    let first = karim.get(started.location()).await;
    assert!(first.says("OCTO Technology dépose cette demande pour ce client"), "{}", first.text());

    let mut path = first.attribute(".hab-actions a.fr-btn", "href").unwrap();
    assert_eq!(path, format!("{base}/mandat"), "the mandate comes first");
    while !path.ends_with("/recapitulatif") {
        let page = karim.get(&path).await;
        let step = Step::from_slug(path.rsplit('/').next().unwrap()).unwrap();
        let mut answers = given::answers(step);
        let revision = page.attribute("input[name=revision]", "value").unwrap();
        answers.extend([("revision", revision.as_str()), ("suite", "continuer")]);
        let mandate = (step == Step::Mandate).then(|| a_pdf("mandat.pdf").of("mandate_document"));
        let saved = karim.post_files(&path, &answers, mandate.as_slice()).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        saved.location().clone_into(&mut path);
    }
    let summary = karim.get(&path).await;
    assert!(summary.says("déposée par OCTO Technology pour Commune de Clamart"), "{}", summary.text());
    assert!(summary.says("Marché n° 2026-12") && summary.says("Sous-traitant de données personnelles"), "{}", summary.text());
    assert!(summary.says("mandat.pdf") && summary.count("#mandat .hab-files li") == 1, "{}", summary.text());
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(karim.post(&format!("{base}/depot"), &given::attested(&seen)).await.status, 303);
    let receipt = karim.get(&format!("{base}/recepisse")).await;
    assert!(receipt.says("Déposée pour cet organisme par OCTO Technology"), "{}", receipt.text());

    let own = site.letters_to("karim@editeur.test").await;
    assert!(own.last().unwrap().text.contains("Commune de Clamart (mandataire\u{a0}: OCTO Technology)"), "{}", own.last().unwrap().text);
    for (address, role) in
        [("maire@clamart.test", "responsable de traitement"), ("dpo@interco.test", "délégué à la protection des données")]
    {
        let letters = site.letters_to(address).await;
        assert_eq!(letters.len(), 1, "{address}");
        assert!(letters[0].text.contains(role) && letters[0].subject.contains("OCTO Technology"), "{}", letters[0].text);
    }
    let mut sophie = site.visitor();
    sophie.sign_in("reviewer@equipe.test").await;
    let dossier = sophie.get(&format!("/instruction/{}", base.rsplit('/').next().unwrap())).await;
    assert!(dossier.says("Déposée par OCTO Technology pour Commune de Clamart"), "{}", dossier.text());
    site.letters().await;
}

#[tokio::test]
async fn a_demande_for_a_client_waits_for_its_mandate_and_its_draft_does_not() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let (path, deposit) = (format!("/demandes/{}/mandat", id.0), format!("/demandes/{}/depot", id.0));
    let page = karim.get(&path).await;
    let file = page.attribute(".hab-files button[name=retirer]", "value").unwrap();
    let answers = [&given::answers(Step::Mandate)[..], &[("revision", "1")]].concat();
    let taken_away = karim.post_files(&path, &[&answers[..], &[("retirer", file.as_str())]].concat(), &[]).await;
    assert_eq!(taken_away.status, 303, "{}", taken_away.text());

    let saved = karim.post_files(&path, &[&answers[..], &[("suite", "enregistrer")]].concat(), &[]).await;
    assert_eq!(saved.status, 303, "a draft has its gaps: {}", saved.text());
    let refused = karim.post_files(&path, &[&answers[..], &[("suite", "continuer")]].concat(), &[]).await;
    assert_eq!((refused.status, refused.attribute("#erreurs a", "href").as_deref()), (422.try_into().unwrap(), Some("#mandate_document")));
    assert!(refused.says("Joignez le mandat ou le contrat signé par votre client"), "{}", refused.text());
    assert_eq!(refused.attribute("#mandate_document", "aria-describedby").as_deref(), Some("mandate_document-erreur"));

    let summary = karim.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    assert_eq!(summary.attribute(".fr-alert--warning a", "href"), Some(format!("{path}?verifier=1")));
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let early = karim.post(&deposit, &given::attested(&seen)).await;
    assert!(early.status == 409 && early.says("Il manque encore des informations : « Le mandat »"), "{}", early.text());
    assert_eq!(count(&site, "select count(*) from application_versions").await, 0);

    let joined = [&answers[..], &[("suite", "continuer")]].concat();
    let joined = karim.post_files(&path, &joined, &[a_pdf("mandat.pdf").of("mandate_document")]).await;
    assert_eq!(joined.status, 303, "{}", joined.text());
    let summary = karim.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(karim.post(&deposit, &given::attested(&seen)).await.status, 303);
    site.letters().await;
}

#[tokio::test]
async fn the_vendor_s_own_people_are_neither_controller_nor_dpo() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let path = format!("/demandes/{}/contacts", id.0);
    let mut answers = given::answers(Step::Contacts);
    for (name, value) in &mut answers {
        if name.ends_with("_email") {
            *value = "Karim@editeur.test";
        }
    }
    answers.extend([("revision", "1"), ("suite", "continuer")]);
    let refused = karim.post(&path, &answers).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.count("#erreurs li"), 2, "the technical contact may be the vendor's: {}", refused.text());
    assert!(refused.says("Indiquez une personne de votre client"), "{}", refused.text());
    // The domain of the vendor's addresses, once it is confirmed, is refused whoever bears it.
    assert_eq!(karim.post(&format!("/compte/organismes/{vendor}/domaines"), &[("ours_alone", "oui")]).await.status.as_u16() / 100, 3);
    for (name, value) in &mut answers {
        match *name {
            "data_controller_email" => *value = "patronne@editeur.test",
            "revision" => *value = "2",
            _ => {}
        }
    }
    let refused = karim.post(&path, &answers).await;
    assert!(refused.status == 422 && refused.says("Indiquez une personne de votre client"), "{}", refused.text());
    site.letters().await;
}

#[tokio::test]
async fn nobody_files_for_themselves_as_a_client() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let page = karim.get(&format!("/clients/{vendor}/nouvelle")).await;
    let key = page.attribute("input[name=start_key]", "value").unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let refused = karim.post(&format!("/clients/{vendor}/demandes"), &[("siret", VENDOR), ("start_key", &key)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("C’est le SIRET de votre propre organisme"), "{}", refused.text());
    assert_eq!(count(&site, "select count(*) from applications").await, 0);
}

#[tokio::test]
async fn a_mandate_that_ended_meanwhile_stops_the_submission_and_not_the_draft() {
    let site = TestSite::new().await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft(&site, &person, vendor, CLAMART).await;
    let summary = karim.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let declared = format!("/compte/organismes/{vendor}/clients");
    let end = karim.get(&declared).await.attribute("form[action$=fin]", "action").unwrap();
    assert_eq!(karim.post(&end, &[]).await.status, 303);
    let deposit = format!("/demandes/{}/depot", id.0);
    let refused = karim.post(&deposit, &given::attested(&seen)).await;
    assert!(refused.status == 409 && refused.says("ne déclare plus agir pour cet organisme"), "{}", refused.text());
    assert_eq!(count(&site, "select count(*) from client_links").await, 0, "nobody was written to");
    assert_eq!(karim.post(&declared, &[("siret", CLAMART)]).await.status, 303);
    assert_eq!(karim.post(&deposit, &given::attested(&seen)).await.status, 303);
    site.letters().await;
}

#[tokio::test]
async fn a_colleague_of_the_vendor_reads_and_a_stranger_finds_nothing() {
    let site = TestSite::new().await;
    let (mut karim, id, ..) = filed_for_clamart(&site).await;
    let vendor = count(&site, "select represented_by from applications").await;
    given::a_person(&site, "lea@ailleurs.test").await;
    let mut lea = site.visitor();
    lea.sign_in("lea@ailleurs.test").await;
    let path = format!("/demandes/{}", id.0);
    assert_eq!(lea.get(&path).await.status, 404);
    assert_eq!(lea.post("/compte/organismes", &[("siret", VENDOR)]).await.status, 303);
    assert_eq!(lea.get(&path).await.status, 404, "not confirmed yet");
    assert_eq!(lea.get(&format!("/clients/{vendor}/nouvelle")).await.status, 403);
    let account = count(&site, "select max(account_id) from memberships").await;
    let confirm = format!("/compte/organismes/{vendor}/collegues/{account}/confirmation");
    assert_eq!(karim.post(&confirm, &[]).await.status, 303);
    let read = lea.get(&path).await;
    assert!(read.status == 200 && read.says("Cette demande de Karim Rousseau"), "{}", read.text());
    let clients = lea.get("/clients").await;
    assert!(clients.says("Commune de Clamart") && clients.says("Demande de Karim Rousseau."), "{}", clients.text());
    assert_eq!(lea.get(&format!("{path}/copie")).await.status, 404, "copying is its applicant's");
    let (found, lost) = (lea.get("/clients?q=clamart").await, lea.get("/clients?q=tulle").await);
    assert!(found.says("Portail familles") && lost.says("Aucun client ni aucune demande ne correspond"), "{}", lost.text());
    site.letters().await;
}
