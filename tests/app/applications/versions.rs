//! Two versions of a demande beside one another, for those who file and for the team.

use axum::http::StatusCode;
use habilitation::{ids::ApplicationId, review::request_changes};

use crate::support::{TestSite, Visitor, given};

/// Camille's demande, handed in twice: a text reworded, a datum taken out and another added, a contact changed.
async fn two_versions(site: &TestSite) -> (Visitor, ApplicationId) {
    let nadia = given::a_reviewer(site, "nadia@dinum.test").await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(site).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    request_changes(&mut transaction, &nadia, id, 1, "Précisez.".into(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let changes: [(&str, &[(&str, &str)]); 3] = [
        (
            "service",
            &[
                ("service_name", "Portail familles"),
                ("service_description", "Les familles inscrivent leurs enfants à la crèche et paient en ligne."),
                ("service_url", "www.clamart.fr/familles"),
                ("planned_on", "2027-03-01"),
                ("yearly_volume", "12 000"),
            ],
        ),
        ("donnees", &[("scopes", "family_name"), ("scopes", "given_name"), ("scopes", "email"), ("why_email", "Confirmer l’inscription.")]),
        ("traitement", &[("recipients", "Le service scolaire."), ("retention_months", "12"), ("retention_reason", "")]),
    ];
    for (slug, typed) in changes {
        let path = format!("/demandes/{}/{slug}", id.0);
        let revision = camille.get(&path).await.attribute("input[name=revision]", "value").unwrap();
        let fields = [typed, &[("revision", revision.as_str()), ("suite", "enregistrer")]].concat();
        assert_eq!(camille.post(&path, &fields).await.status, StatusCode::SEE_OTHER, "{slug}");
    }
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let filed = camille.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    site.letters().await;
    (camille, id)
}

#[tokio::test]
async fn what_changed_is_marked_on_each_side_and_the_rest_is_folded() {
    let site = TestSite::new().await;
    let (mut camille, id) = two_versions(&site).await;
    let path = format!("/demandes/{}/versions", id.0);
    let page = camille.get(&path).await;
    assert!(page.says("De la version 1 à la version 2, 4 réponses ont changé."), "{}", page.text());
    assert!(page.says("Date de naissance retiré") && page.says("Adresse électronique ajouté"), "{}", page.text());
    assert!(page.html.contains("cantine</") || page.says("[retiré : cantine ]"), "{}", page.text());
    assert!(page.says("[ajouté : crèche ]"), "{}", page.text());
    assert!(page.count("td del") >= 3 && page.count("td ins") >= 3, "{}", page.html);
    assert!(page.count("details:not([open])") >= 4, "what did not change is folded");
    // named the other way round, the older is still on the left
    assert_eq!(camille.get(&format!("{path}?de=2&a=1")).await.text(), camille.get(&format!("{path}?de=1&a=2")).await.text());
    assert!(camille.get(&format!("{path}?de=2&a=2")).await.says("Choisissez deux versions différentes."));
    for nowhere in ["?de=3", "?a=0", "?de=-1&a=2", "?de=99999"] {
        assert_eq!(camille.get(&format!("{path}{nowhere}")).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert_eq!(follow.count(&format!("a[href='{path}']")), 1);

    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    assert!(nadia.get(&format!("/instruction/{}/versions", id.0)).await.says("4 réponses ont changé"));
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Version 2 par rapport à la version 1") && dossier.says("[ajouté : crèche ]"), "{}", dossier.text());
    assert_eq!(nadia.get(&format!("/instruction/{}?version=1", id.0)).await.count("#changements"), 0, "an old version is read as it was");
}

#[tokio::test]
async fn a_single_version_has_nothing_to_be_compared_with() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let page = camille.get(&format!("/demandes/{}/versions", id.0)).await;
    assert!(page.status == StatusCode::OK && page.says("rien à comparer"), "{}", page.text());
    let draft = given::a_draft(&site, &given::a_person(&site, "camille@clamart.test").await).await;
    assert_eq!(camille.get(&format!("/demandes/{}/versions", draft.0)).await.status, StatusCode::NOT_FOUND, "nothing was handed in");
    site.letters().await;
}
