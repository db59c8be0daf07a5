//! Texts that seem to hold the data of end users: warned of, never refused.

use crate::support::{TestSite, given};

#[tokio::test]
async fn data_of_end_users_in_a_text_are_warned_of_beside_it_and_before_filing_and_nothing_is_refused() {
    let site = TestSite::new().await;
    let (mut visitor, id) = given::somebody_with_a_draft(&site).await;
    let service = format!("/demandes/{}/service", id.0);
    let page = visitor.get(&service).await;
    assert!(!page.says("Ce texte semble contenir"));
    let revision = page.attribute("input[name=revision]", "value").unwrap();
    let description = "Les familles paient la cantine. Exemple : Mme Martin, née le 3 mars 1990, numéro 2 55 08 14 168 025 38.";
    let typed =
        [("service_name", "Portail familles"), ("service_description", description), ("revision", &revision), ("suite", "continuer")];
    let answer = visitor.post(&service, &typed).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let next = visitor.get(answer.location()).await;
    assert!(next.says("champ « À quoi sert-il, et qui l’utilisera ? »"), "{}", next.text());
    let page = visitor.get(&service).await;
    assert!(page.says("Ce texte semble contenir un numéro de sécurité sociale et une date de naissance."), "{}", page.text());
}

#[tokio::test]
async fn the_summary_tells_the_texts_to_look_at_again_and_lets_them_be_filed() {
    let site = TestSite::new().await;
    let (mut visitor, id) = given::somebody_with_a_complete_draft(&site).await;
    let service = format!("/demandes/{}/service", id.0);
    let revision = visitor.get(&service).await.attribute("input[name=revision]", "value").unwrap();
    let description = "Les familles paient la cantine. Exemple : Mme Martin, née le 3 mars 1990.";
    let typed =
        [("service_name", "Portail familles"), ("service_description", description), ("revision", &revision), ("suite", "continuer")];
    let to = visitor.post(&service, &typed).await;
    let summary = visitor.get(to.location()).await;
    assert!(summary.says("Des textes à relire avant de déposer"), "{}", summary.text());
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let receipt = visitor.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await;
    assert_eq!(receipt.status, 303, "{}", receipt.text());
    site.letters().await;
}
