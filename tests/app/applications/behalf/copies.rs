//! A demande for another client, from one that was filed before: what goes along and what does not.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Draft, Kind, Step},
    ids::ApplicationId,
};

use super::{CLAMART, RHONE, VENDOR, a_complete_draft_of, a_vendor, filed_for_clamart};
use crate::support::{
    Answer, TestSite, Visitor, given,
    private::{self, ASSOCIATION, YOUNG},
};

/// Copies a demande for that client; the page that follows.
async fn copy(karim: &mut Visitor, id: ApplicationId, siret: &str) -> (ApplicationId, Answer) {
    let path = format!("/demandes/{}/copie", id.0);
    let key = karim.get(&format!("{path}?siret={siret}")).await.attribute("input[name=start_key]", "value").unwrap();
    let copied = karim.post(&path, &[("siret", siret), ("start_key", key.as_str())]).await;
    assert_eq!(copied.status, StatusCode::SEE_OTHER, "{}", copied.text());
    let page = karim.get(copied.location()).await;
    (ApplicationId::parse(copied.location().split('/').nth(2).unwrap()).unwrap(), page)
}

async fn draft(site: &TestSite, id: ApplicationId) -> Draft {
    applications::find_draft(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap()
}

#[tokio::test]
async fn a_copy_for_another_client_keeps_the_software_s_and_asks_for_the_client_s() {
    let site = TestSite::new().await;
    let (mut karim, id, ..) = filed_for_clamart(&site).await;
    let path = format!("/demandes/{}/copie", id.0);
    let page = karim.get(&format!("{path}?siret={RHONE}")).await;
    assert!(page.says("Département du Rhône") && page.says("Aucun fichier n’est repris"), "{}", page.text());
    assert_eq!(page.count("input[name=type]"), 0, "a copy is of the same kind");
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let fields = [("siret", RHONE), ("start_key", key.as_str())];
    let copied = karim.post(&path, &fields).await;
    assert_eq!(karim.post(&path, &fields).await.location(), copied.location(), "pressing twice copies once");
    let first = karim.get(copied.location()).await;
    for sentence in [
        format!("Ce que cette copie de {id} n’a pas repris"),
        "Le mandat : la référence, la date et le fichier. Chaque client signe son propre mandat.".into(),
        "Les contacts : les trois contacts.".into(),
    ] {
        assert!(first.says(&sentence), "{sentence}: {}", first.text());
    }
    assert!(!first.says("Les engagements :") && !first.says("La mesure :"), "an administration has none");
    let base = copied.location().trim_end_matches("/organisme").to_owned();
    let service = karim.get(&format!("{base}/service")).await;
    assert_eq!(service.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
    assert_eq!(service.attribute("#service_url", "value").as_deref(), Some(""));
    let contacts = karim.get(&format!("{base}/contacts")).await;
    for contact in ["data_controller", "data_protection_officer", "technical_contact"] {
        let email = contacts.attribute(&format!("#{contact}_email"), "value");
        assert_eq!(email.as_deref(), Some(""), "{contact}: Lucie works for Clamart");
    }
    let summary = karim.get(&format!("{base}/recapitulatif")).await;
    assert_eq!(summary.attribute("#donnees a", "href").as_deref(), Some(format!("{base}/donnees").as_str()));
    assert_eq!(summary.count("#mandat .hab-files li"), 0, "the paper is Clamart's");
    for address in [path.clone(), format!("{path}?siret={VENDOR}")] {
        let key = uuid::Uuid::new_v4().to_string();
        let refused = karim.post(&path, &[("siret", VENDOR), ("start_key", &key)]).await;
        assert!(refused.status == 422 && refused.says("votre propre organisme"), "{address}: {}", refused.text());
    }
}

#[tokio::test]
async fn the_vendor_s_own_technical_contact_goes_from_client_to_client() {
    let site = TestSite::new().await;
    let (mut karim, id, ..) = filed_for_clamart(&site).await;
    let (first, _) = copy(&mut karim, id, RHONE).await;
    let mut answers = given::answers(Step::Contacts);
    for (name, value) in &mut answers {
        if *name == "technical_contact_email" {
            *value = "support@editeur.test";
        }
    }
    answers.extend([("revision", "0"), ("suite", "enregistrer")]);
    assert_eq!(karim.post(&format!("/demandes/{}/contacts", first.0), &answers).await.status, StatusCode::SEE_OTHER);
    let (second, page) = copy(&mut karim, first, "00081704900018").await;
    let contacts = draft(&site, second).await.fields(Step::Contacts);
    assert_eq!((contacts.value("technical_contact_email"), contacts.value("data_controller_email")), ("support@editeur.test", ""));
    assert!(page.says("le responsable de traitement et le délégué. Ce sont des personnes de Département du Rhône."), "{}", page.text());
}

#[tokio::test]
async fn a_candidature_for_another_client_starts_without_the_first_one_s_figures_commitments_and_evidence() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = a_complete_draft_of(&site, &person, vendor, YOUNG, Kind::Experiment).await;
    for step in [Step::Contribution, Step::Commitments, Step::Service] {
        given::join(&site, &person, id, step).await;
    }
    let (copied, page) = copy(&mut karim, id, ASSOCIATION).await;
    for sentence in [
        "Le mandat : la référence, la date et le fichier.",
        "Le secteur : les numéros RNCP, ce qui montre l’ancienneté et les pièces jointes.",
        "La mesure : les chiffres.",
        "Les engagements : les sept cases et la capture d’écran. Chaque candidat s’engage lui-même",
        "L’hébergement : ce client a-t-il le même hébergeur et les mêmes sous-traitants ?",
    ] {
        assert!(page.says(sentence), "{sentence}: {}", page.text());
    }
    let (source, copy) = (draft(&site, id).await, draft(&site, copied).await);
    assert_eq!((source.all_files().len(), copy.all_files().len()), (4, 0), "evidence, screens and mandate stay where they are");
    assert!(copy.saved(Step::Baseline).is_none() && copy.saved(Step::Commitments).is_none(), "as if nobody had filled them");
    let sector = copy.fields(Step::Contribution);
    assert_eq!((sector.value("sector"), sector.value("seniority_evidence")), ("education", ""));
    assert!(!source.fields(Step::Contribution).value("seniority_evidence").is_empty());
    assert_eq!(copy.fields(Step::Hosting).value("host"), "Hébergement du Marais");
    let contacts = copy.fields(Step::Contacts);
    for name in
        ["data_controller_email", "data_protection_officer_email", "technical_contact_email", "data_protection_role", "referent_reason"]
    {
        assert_eq!(contacts.value(name), "", "{name}");
    }
    let asks = karim.get(&format!("/demandes/{}/copie", id.0)).await;
    assert!(asks.says("les chiffres d’avant l’intégration, les engagements et les preuves d’ancienneté"), "{}", asks.text());
}

#[tokio::test]
async fn a_client_of_another_nature_is_told_and_not_refused() {
    let site = TestSite::new().await;
    let (mut karim, id, ..) = filed_for_clamart(&site).await;
    let path = format!("/demandes/{}/copie", id.0);
    let same = karim.get(&format!("{path}?siret={RHONE}")).await;
    assert!(!same.says("Le registre classe cet organisme"), "{}", same.text());
    let association = karim.get(&format!("{path}?siret={ASSOCIATION}")).await;
    assert!(association.says("Le registre classe cet organisme parmi les organismes privés."), "{}", association.text());
    let (copied, _) = copy(&mut karim, id, ASSOCIATION).await;
    assert_eq!(draft(&site, copied).await.form.kind, Kind::Administration);
    assert_ne!(CLAMART, ASSOCIATION);
}
