//! The ways in: what the register proposes, what the wizard was told, and what is not asked twice.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Kind, Step},
    ids::ApplicationId,
};

use crate::support::{
    TestSite, Visitor, given,
    private::{self, ASSOCIATION},
};

async fn camille(site: &TestSite) -> Visitor {
    given::a_person(site, "camille@exemple.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    camille
}

#[tokio::test]
async fn the_register_proposes_the_kinds_and_others_stay_within_reach() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let mut camille = camille(&site).await;
    let public = camille.get("/demandes/nouvelle?siret=00081704900018").await;
    assert_eq!(public.count("input[name=type]"), 2, "{}", public.text());
    assert_eq!(public.attribute("input[name=type][checked]", "value").as_deref(), Some("administration"));
    let private = camille.get(&format!("/demandes/nouvelle?siret={ASSOCIATION}")).await;
    assert_eq!((private.count("input[name=type]"), private.count("input[name=type][checked]")), (3, 0), "a private body chooses");
    let all = camille.get(&private.attribute("a[href*='tous=1']", "href").unwrap()).await;
    assert_eq!(all.count("input[name=type]"), 5);
    let unknown = camille.get("/demandes/nouvelle?siret=73282932000074").await;
    assert_eq!(unknown.count("input[name=type]"), 5, "what the register cannot tell leaves everything open");
}

#[tokio::test]
async fn a_private_body_that_does_not_choose_is_asked_and_nothing_is_started() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let page = camille.get(&format!("/demandes/nouvelle?siret={ASSOCIATION}")).await;
    assert_eq!(page.count("input[name=type]"), 2, "no campaign receives candidatures today");
    assert!(page.says("L’expérimentation ne reçoit pas de candidature aujourd’hui."));
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    for chosen in ["", "prefecture"] {
        let asked = camille.post("/demandes", &[("siret", ASSOCIATION), ("start_key", &key), ("type", chosen)]).await;
        assert_eq!((asked.status, asked.count("#erreurs a[href='#type']")), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{chosen}");
    }
    let closed = camille.post("/demandes", &[("siret", ASSOCIATION), ("start_key", &key), ("type", "experimentation")]).await;
    assert_eq!(closed.status, StatusCode::CONFLICT);
    assert!(closed.says("Rien n’a été créé."), "{}", closed.text());
    assert!(camille.get("/demandes").await.says("Vous n’avez pas encore de demande"));
}

#[tokio::test]
async fn what_the_wizard_was_told_is_in_the_first_draft_and_nothing_is_frozen() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let mut camille = camille(&site).await;
    let told = "personne_morale=oui&etablissement=oui&anciennete=oui&service=oui&secteur=transport&engagements=oui";
    let verdict = camille.get(&format!("/eligibilite?profil=entreprise&siret={ASSOCIATION}&cas=experimentation&{told}")).await;
    let href = verdict.attribute("a[href^='/demandes/nouvelle']", "href").unwrap();
    let page = camille.get(&href).await;
    assert_eq!(page.attribute("input[name=type][checked]", "value").as_deref(), Some("experimentation"));
    assert_eq!(page.attribute("input[name=secteur]", "value").as_deref(), Some("transport"));
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let fields = [("siret", ASSOCIATION), ("start_key", &*key), ("type", "experimentation"), ("secteur", "transport")];
    let started = camille.post("/demandes", &fields).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text());
    let base = started.location().trim_end_matches("/organisme").to_owned();
    let sector = camille.get(&format!("{base}/secteur")).await;
    assert_eq!(sector.attribute("input[name=sector][checked]", "value").as_deref(), Some("transport"));
    assert!(sector.says("cela évoque « Éducation et enseignement supérieur »"), "the register's hint is beside it: {}", sector.text());
    let id = ApplicationId::parse(base.rsplit('/').next().unwrap()).unwrap();
    let draft = applications::find_draft(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    assert!(draft.saved(Step::Contribution).is_none(), "proposed, not answered");
    assert_eq!(draft.form.kind, Kind::Experiment);
    assert_eq!(camille.get(&format!("{base}/cadre")).await.status, StatusCode::NOT_FOUND, "a candidature cites no text of its own");
}

#[tokio::test]
async fn a_health_service_starts_with_its_text_and_its_level() {
    let site = TestSite::new().await;
    let mut camille = camille(&site).await;
    let page = camille.get("/demandes/nouvelle?siret=00081704900018").await;
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let started = camille.post("/demandes", &[("siret", "00081704900018"), ("start_key", &key), ("type", "sante")]).await;
    let base = started.location().trim_end_matches("/organisme").to_owned();
    let legal = camille.get(&format!("{base}/cadre")).await;
    assert!(legal.html.contains("JORFTEXT000045457991") && legal.says("Arrêté du 28 mars 2022"), "{}", legal.text());
    let level = camille.get(&format!("{base}/niveau")).await;
    assert_eq!(level.attribute("input[name=assurance_level][checked]", "value").as_deref(), Some("eidas_2"));
    assert!(level.says("Certains fournisseurs d’identité privés peuvent facturer leur service"), "the consequences are told");
    let contacts = camille.get(&format!("{base}/contacts")).await;
    assert_eq!(contacts.attribute("#data_controller_job_title", "value").as_deref(), Some("Maire"));
    assert_eq!(contacts.count("#referent_reason"), 0, "an administration has a DPO");
}
