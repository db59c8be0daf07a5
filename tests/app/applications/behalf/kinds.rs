//! What a vendor may file for a client: the kinds the register allows for that client, each to its receipt.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Kind},
    ids::ApplicationId,
};

use super::{CLAMART, VENDOR, a_vendor, count};
use crate::support::{
    TestSite, given,
    private::{self, ASSOCIATION},
};

#[tokio::test]
async fn the_register_s_facts_of_the_client_propose_the_kinds() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let path = format!("/clients/{vendor}/nouvelle");
    let public = karim.get(&format!("{path}?siret={CLAMART}")).await;
    assert_eq!(public.count("input[name=type]"), 2, "{}", public.text());
    assert_eq!(public.attribute("input[name=type][checked]", "value").as_deref(), Some("administration"));
    let private = karim.get(&format!("{path}?siret={ASSOCIATION}")).await;
    assert_eq!((private.count("input[name=type]"), private.count("input[name=type][checked]")), (2, 0), "{}", private.text());
    assert!(private.says("L’expérimentation ne reçoit pas de candidature aujourd’hui."));
    private::a_campaign(&site).await;
    assert_eq!(karim.get(&format!("{path}?siret={ASSOCIATION}")).await.count("input[name=type]"), 3);
    let all = karim.get(&private.attribute("a[href*='tous=1']", "href").unwrap()).await;
    assert_eq!(all.count("input[name=type]"), 5);
    assert_eq!(karim.get(&format!("{path}?siret={VENDOR}")).await.status, StatusCode::UNPROCESSABLE_ENTITY, "oneself is no client");
}

#[tokio::test]
async fn a_vendor_that_does_not_choose_for_a_private_client_is_asked_and_nothing_is_started() {
    let site = TestSite::new().await;
    let (_, vendor, mut karim) = a_vendor(&site).await;
    let page = karim.get(&format!("/clients/{vendor}/nouvelle?siret={ASSOCIATION}")).await;
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let start = format!("/clients/{vendor}/demandes");
    for chosen in ["", "prefecture"] {
        let asked = karim.post(&start, &[("siret", ASSOCIATION), ("start_key", &key), ("type", chosen)]).await;
        assert_eq!((asked.status, asked.count("#erreurs a[href='#type']")), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{chosen}");
        assert_eq!(asked.attribute("input[name=start_key]", "value").as_deref(), Some(key.as_str()));
    }
    let closed = karim.post(&start, &[("siret", ASSOCIATION), ("start_key", &key), ("type", "experimentation")]).await;
    assert!(closed.status == StatusCode::CONFLICT && closed.says("Rien n’a été créé."), "{}", closed.text());
    assert_eq!(count(&site, "select count(*) from applications").await + count(&site, "select count(*) from representations").await, 0);
}

#[tokio::test]
async fn each_kind_is_filed_for_a_private_client_in_its_name() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    for (preset, kind) in
        [("adresse", Kind::PrivateAddressChange), ("identite", Kind::PrivateIdentityCheck), ("experimentation", Kind::Experiment)]
    {
        let page = karim.get(&format!("/clients/{vendor}/nouvelle?siret={ASSOCIATION}")).await;
        let key = page.attribute("input[name=start_key]", "value").unwrap();
        let fields = [("siret", ASSOCIATION), ("start_key", key.as_str()), ("type", preset)];
        let started = karim.post(&format!("/clients/{vendor}/demandes"), &fields).await;
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{preset}: {}", started.text());
        let id = ApplicationId::parse(started.location().split('/').nth(2).unwrap()).unwrap();
        let level = karim.get(&format!("/demandes/{}/niveau", id.0)).await;
        assert_eq!(level.attribute("input[name=assurance_level][checked]", "value").as_deref(), Some("eidas_1"), "{preset}: proposed");
        given::fill(&site, &person, id).await;
        let summary = karim.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
        assert!(summary.says("Le délégué à la protection des données de mon client, ou son référent, est informé"), "{}", summary.text());
        let seen = summary.attribute("input[name=seen]", "value").unwrap();
        let filed = karim.post(&format!("/demandes/{}/depot", id.0), &given::attested(&seen)).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{preset}: {}", filed.text());
        let mut connection = site.state.db.acquire().await.unwrap();
        let (application, version) =
            (applications::find(&mut connection, id).await.unwrap(), applications::find_version(&mut connection, id, 1).await.unwrap());
        assert_eq!((application.kind, application.represented_by), (kind, Some(vendor)));
        assert_eq!(version.organisation.siret.as_str(), ASSOCIATION, "{preset}: the client's, whoever types");
        assert_eq!(version.content.mandate.unwrap().documents, 1);
        assert_eq!(application.arrival_rank.is_some(), kind == Kind::Experiment);
    }
    let told = site.letters_to("dpo@interco.test").await;
    assert_eq!(told.len(), 3);
    assert!(told[0].text.contains("référent pour la protection des données"), "{}", told[0].text);
    site.letters().await;
}

#[tokio::test]
async fn commitments_are_the_client_s_and_the_page_says_so() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let (person, vendor, mut karim) = a_vendor(&site).await;
    let id = super::a_complete_draft_of(&site, &person, vendor, ASSOCIATION, Kind::Experiment).await;
    let page = karim.get(&format!("/demandes/{}/engagements", id.0)).await;
    assert!(page.says("qui tiendra ces engagements : votre mandat doit vous y autoriser."), "{}", page.text());
    let contacts = karim.get(&format!("/demandes/{}/contacts", id.0)).await;
    assert!(contacts.says("La personne de votre client qui décide"), "{}", contacts.text());
}
