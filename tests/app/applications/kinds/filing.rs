//! From the first step to the receipt, and to whom decides.

use axum::http::StatusCode;
use habilitation::{
    applications::{self, Case, Form, Kind, Step},
    criteria::{Outcome, Rule},
    ids::ApplicationId,
};

use crate::support::{
    TestSite, Visitor, given,
    private::{self, ASSOCIATION, YOUNG},
};

const CLINIC: &str = "00051401800019";

/// Fills every step through its page, going on each time, and hands the demande in.
async fn file(camille: &mut Visitor, site: &TestSite, id: ApplicationId) {
    let base = format!("/demandes/{}", id.0);
    let draft = applications::find_draft(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
    for step in draft.form.steps() {
        let path = format!("{base}/{}", step.slug());
        let empty = camille.post(&path, &[("revision", "0"), ("suite", "continuer")]).await;
        assert_eq!(
            (empty.status, *step == Step::Scopes),
            (if *step == Step::Scopes { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY }, *step == Step::Scopes),
            "{step:?}"
        );
        let revision = camille.get(&path).await.attribute("input[name=revision]", "value").unwrap();
        let made = if *step == Step::Commitments { private::commitments(&draft) } else { Vec::new() };
        let mut fields = private::answers(*step);
        fields.extend(made.iter().map(|(name, value)| (*name, value.as_str())));
        fields.extend([("revision", revision.as_str()), ("suite", "continuer")]);
        let saved = camille.post(&path, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{step:?}: {}", saved.text());
    }
    let seen = camille.get(&format!("{base}/recapitulatif")).await.attribute("input[name=seen]", "value").unwrap();
    let filed = camille.post(&format!("{base}/depot"), &given::attested(&seen)).await;
    assert_eq!(filed.location(), format!("{base}/recepisse"), "{}", filed.text());
}

#[tokio::test]
async fn each_kind_is_filed_through_its_pages_and_read_by_whom_decides() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let (mut camille, mut nadia) = (site.visitor(), site.visitor());
    camille.sign_in("camille@exemple.test").await;
    nadia.sign_in("nadia@dinum.test").await;
    for (kind, siret, says) in [
        (Kind::PrivateAddressChange, "39234600300198", ["Il prévient les organismes choisis", "P1", "Changement d’adresse"]),
        (Kind::PrivateIdentityCheck, CLINIC, ["Décret n° 2027-12", "P2", "Vérification d’identité imposée"]),
        (Kind::Experiment, ASSOCIATION, ["Les ateliers préparent à des examens.", "S6", "Rang d’arrivée 1"]),
    ] {
        let id = given::a_draft_for(&site, &person, siret, kind).await.unwrap();
        file(&mut camille, &site, id).await;
        let receipt = camille.get(&format!("/demandes/{}/recepisse", id.0)).await;
        assert_eq!(receipt.says("Cette candidature est la 1re arrivée complète"), kind == Kind::Experiment, "{}", receipt.text());
        let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
        for words in says {
            assert!(dossier.says(words), "{words}: {}", dossier.text());
        }
        assert!(dossier.says("Référent pour la protection des données") && dossier.says("Dix salariés, aucune donnée sensible."));
        assert!(camille.get(&format!("/demandes/{}", id.0)).await.says(says[0]));
    }
    let queue = nadia.get("/instruction").await;
    assert!(queue.says("Candidature à l’expérimentation") && queue.says("rang 1"), "{}", queue.text());
    site.letters().await;
}

#[tokio::test]
async fn a_candidature_holds_its_answers_its_basis_and_what_the_rules_find() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = private::a_submitted(&site, &person, ASSOCIATION, Kind::Experiment).await;
    let version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
    assert_eq!(version.content.legal_basis.nature, "Arrêté du 23 novembre 2026", "the campaign's, which nobody typed");
    let candidature = version.content.case.candidature().unwrap();
    assert!(candidature.commitments.iter().all(|made| made.on == "2026-12-03"), "{:?}", candidature.commitments);
    assert_eq!(candidature.commitments[1].document, "Cahier des charges, version 3");
    let outcome = |rule| version.findings.iter().find(|finding| finding.rule == rule).map(|finding| finding.outcome);
    for rule in Rule::eligibility().into_iter().chain(Rule::commitments()) {
        assert!(outcome(rule).is_some(), "{rule} is looked at");
    }
    assert_eq!([Rule::E0, Rule::E1, Rule::E2].map(outcome), [Some(Outcome::Pass); 3]);
    assert_eq!(outcome(Rule::S6), Some(Outcome::Fail), "India is found, and stops nothing");
    assert!(version.findings.iter().any(|finding| finding.fact.contains("Stats Inc. (Inde)")));
    site.letters().await;
}

#[tokio::test]
async fn a_young_company_shows_its_years_in_its_own_words() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = given::a_draft_for(&site, &person, YOUNG, Kind::Experiment).await.unwrap();
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let page = camille.get(&format!("/demandes/{}/secteur", id.0)).await;
    assert!(page.says("Ce n’est pas plus de trois ans.") && page.count("#seniority_evidence") == 1, "{}", page.text());
    let mut transaction = site.state.db.begin().await.unwrap();
    private::fill(&mut transaction, &person, id, site.state.clock.now()).await;
    given::hand_in_through(&mut transaction, &site, &person, id).await.unwrap();
    transaction.commit().await.unwrap();
    let version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
    let found = version.findings.iter().find(|finding| finding.rule == Rule::E2).unwrap();
    assert_eq!((found.outcome, found.to_explain), (Outcome::ToCheck, false), "told once, not asked again at the end");
    assert!(found.fact.contains("La société reprend une activité de 2009."));
    let older = given::a_draft_for(&site, &person, ASSOCIATION, Kind::Experiment).await.unwrap();
    assert_eq!(camille.get(&format!("/demandes/{}/secteur", older.0)).await.count("#seniority_evidence"), 0, "the register shows it");
    site.letters().await;
}

#[tokio::test]
async fn a_private_body_that_files_as_an_administration_says_why() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = given::a_draft_for(&site, &person, ASSOCIATION, Kind::Administration).await.unwrap();
    given::fill(&site, &person, id).await;
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    let base = format!("/demandes/{}", id.0);
    let summary = camille.get(&format!("{base}/recapitulatif")).await;
    assert!(summary.says("Le registre dit autre chose que votre demande."), "{}", summary.text());
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let refused = camille.post(&format!("{base}/depot"), &given::attested(&seen)).await;
    assert_eq!((refused.status, refused.count("#erreurs a[href='#explanation']")), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    assert_eq!(applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap().version, 0, "nothing was written");
    let said = [&given::attested(&seen)[..], &[("explanation", "Délégation de service public de la commune.")]].concat();
    assert_eq!(camille.post(&format!("{base}/depot"), &said).await.status, StatusCode::SEE_OTHER);
    site.letters().await;
}

#[tokio::test]
async fn a_referent_is_told_so_and_is_not_called_a_dpo() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let id = private::a_submitted(&site, &person, CLINIC, Kind::PrivateIdentityCheck).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut transaction = site.state.db.begin().await.unwrap();
    habilitation::review::approve(&mut transaction, &nadia, id, 1, String::new(), "DINUM", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let told = site.letters_to("dpo@interco.test").await;
    assert!(
        told[0].subject.contains("référent pour la protection des données") && !told[0].text.contains("vous a désigné comme délégué"),
        "{}",
        told[0].text
    );
    site.letters().await;
}

#[tokio::test]
async fn a_step_of_another_kind_does_not_exist() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let mut camille = site.visitor();
    camille.sign_in("camille@exemple.test").await;
    for kind in [Kind::Administration, Kind::PrivateAddressChange, Kind::PrivateIdentityCheck, Kind::Experiment] {
        let id = given::a_draft_for(&site, &person, ASSOCIATION, kind).await.unwrap();
        for step in Step::ALL {
            let status = camille.get(&format!("/demandes/{}/{}", id.0, step.slug())).await.status;
            assert_eq!(status == StatusCode::OK, Form::of(kind).steps().contains(step), "{kind} {step:?}");
        }
    }
    assert!(matches!(Case::default(), Case::Administration));
}
