//! Those a demande names see the summary of what was handed in, as long as it names them.

use axum::http::StatusCode;

use super::somebody;
use crate::support::{TestSite, given};

#[tokio::test]
async fn a_contact_reads_the_summary_until_another_version_names_somebody_else() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    let (_, mut dpo) = somebody(&site, "dpo@interco.test").await;
    let (_, mut other) = somebody(&site, "autre@interco.test").await;

    let list = dpo.get("/demandes").await;
    assert!(list.says("Demandes où vous êtes nommé") && !list.says("Vous n’avez pas encore de demande"), "{}", list.text());
    assert_eq!(list.count("a[href='/demandes/1/resume']"), 1);
    let page = dpo.get("/demandes/1/resume").await;
    for words in
        ["délégué à la protection des données", "Portail familles", "Distinguer deux parents", "dpo@interco.test", "Jeanne Moreau, Maire"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    for secret in ["maire@clamart.test", "lucie@clamart.test", "06 12 34 56 78"] {
        assert!(!page.says(secret), "how to reach the others is not theirs: {secret}");
    }
    for path in ["/demandes/1", "/demandes/1/service", "/demandes/1/messages", "/demandes/1/recepisse"] {
        assert_eq!(dpo.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(other.get("/demandes/1/resume").await.status, StatusCode::NOT_FOUND);

    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Changez de délégué.")];
    assert_eq!(nadia.decides("/instruction/1/decision", &asked).await.status, StatusCode::SEE_OTHER);
    let mut fields: Vec<(&str, &str)> = given::answers(habilitation::applications::Step::Contacts);
    for (name, value) in &mut fields {
        if *name == "data_protection_officer_email" {
            *value = "autre@interco.test";
        }
    }
    fields.push(("revision", "1"));
    assert_eq!(camille.post("/demandes/1/contacts", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(dpo.get("/demandes/1/resume").await.status, StatusCode::OK, "a draft names nobody yet");
    assert_eq!(other.get("/demandes/1/resume").await.status, StatusCode::NOT_FOUND);
    given::hand_in(&site, &given::a_person(&site, "camille@clamart.test").await, id).await;
    assert_eq!(dpo.get("/demandes/1/resume").await.status, StatusCode::NOT_FOUND);
    assert!(!dpo.get("/demandes").await.says("Portail familles"));
    assert_eq!(other.get("/demandes/1/resume").await.status, StatusCode::OK);
    site.letters().await;
}

#[tokio::test]
async fn a_draft_is_shown_to_nobody_it_names() {
    let site = TestSite::new().await;
    given::somebody_with_a_complete_draft(&site).await;
    let (_, mut mayor) = somebody(&site, "maire@clamart.test").await;
    assert_eq!(mayor.get("/demandes/1/resume").await.status, StatusCode::NOT_FOUND);
    assert!(!mayor.get("/demandes").await.says("Portail familles"));
}
