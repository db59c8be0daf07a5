//! A link that prefills a demande: what it may say, what is told, what is saved and when.

use axum::http::StatusCode;

use crate::support::{TestSite, given};

const LINK: &str = "/demandes/nouvelle?siret=21920023500014&intitule=Portail+familles&description=Les+familles+inscrivent+leurs+enfants+et+paient.\
    &scopes=email&scopes=gender&why_gender=La+civilit%C3%A9.&recipients=Le+service&technical_contact_email=a%40b.fr&terms_accepted=oui&couleur=rouge";

#[tokio::test]
async fn a_link_fills_the_steps_once_the_person_starts_and_not_before() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get(LINK).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("Rien n’est encore enregistré") && page.says("Portail familles"), "{}", page.text());
    assert!(page.says("technical_contact_email, terms_accepted") && page.says("couleur"), "{}", page.text());
    assert!(camille.get("/demandes").await.says("Vous n’avez pas encore de demande"), "looking saves nothing");

    let (key, carried) =
        (page.attribute("input[name=start_key]", "value").unwrap(), page.attribute("input[name=prefill]", "value").unwrap());
    assert!(!carried.contains("technical_contact") && !carried.contains("terms"), "{carried}");
    let started = camille.post("/demandes", &[("siret", "21920023500014"), ("start_key", &key), ("prefill", &carried)]).await;
    let base = started.location().trim_end_matches("/organisme").to_owned();
    let service = camille.get(&format!("{base}/service")).await;
    assert_eq!(service.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
    let data = camille.get(&format!("{base}/donnees")).await;
    assert!(data.attribute("#scopes-email[checked]", "id").is_some() && data.says("La civilité."));
    let contacts = camille.get(&format!("{base}/contacts")).await;
    assert_eq!(contacts.attribute("#technical_contact_email", "value").as_deref(), Some(""));
    // Pressed twice, after a correction: one demande, and the correction stands.
    let revision = service.attribute("input[name=revision]", "value").unwrap();
    let corrected = [("service_name", "Portail corrigé"), ("revision", &revision), ("suite", "enregistrer")];
    assert_eq!(camille.post(&format!("{base}/service"), &corrected).await.status, StatusCode::SEE_OTHER);
    let again = camille.post("/demandes", &[("siret", "21920023500014"), ("start_key", &key), ("prefill", &carried)]).await;
    assert_eq!(again.location(), started.location());
    assert!(camille.get("/demandes").await.says("Portail corrigé"));
}

#[tokio::test]
async fn what_a_link_says_is_kept_while_the_organisation_is_looked_for() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let page = camille.get("/demandes/nouvelle?service_name=Portail+%26+co").await;
    let carried = page.attribute("form[method=get] input[name=prefill]", "value").unwrap();
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("siret", "21920023500014")
        .append_pair("prefill", &carried)
        .finish();
    let choice = camille.get(&format!("/demandes/nouvelle?{query}")).await;
    assert!(choice.says("Portail & co"), "{}", choice.text());
    let other = choice.attribute("form[method=post] a[href*='prefill=']", "href").unwrap();
    assert!(camille.get(&other).await.says("Portail & co"), "{other}");
}

#[tokio::test]
async fn a_hostile_link_is_told_in_words_and_breaks_nothing() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let long = "a".repeat(10_001);
    for query in [
        "%3Cscript%3Ealert(1)%3C/script%3E=1".to_owned(),
        "service_name=%00".into(),
        format!("service_description={long}"),
        "scopes=salary&assurance_level=eidas_9".into(),
        "prefill=technical_contact_email%3Da%2540b.fr".into(),
        "service_name=%E2%80%AEevil".into(),
        "service_name=%FF%FE".into(),
    ] {
        let page = camille.get(&format!("/demandes/nouvelle?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(!page.html.contains("<script>alert"), "{query}");
        if !query.contains("%FF") {
            assert!(page.says("Une partie du lien n’a pas été reprise"), "{}", page.text());
        }
    }
}
