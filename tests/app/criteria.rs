//! The published rules, and what they find in a demande.

mod cases;

use habilitation::{
    applications::{self, Form, Kind, Known, Scope, Version, precheck},
    criteria::{Outcome, Rule},
    organisations::{LegalCategory, Standing, UnitState},
};

use time::macros::date;

use crate::support::{TestSite, given};

#[tokio::test]
async fn every_rule_is_published_with_its_source_and_who_checks_it() {
    let site = TestSite::new().await;
    let page = site.visitor().get("/regles").await;
    for rule in Rule::ALL {
        assert_eq!(page.count(&format!("li#{rule}")), 1, "{rule} has an address");
        for words in [rule.title(), rule.wording(), rule.source(), rule.check().who()] {
            assert!(page.says(words), "{rule}: {words}");
        }
    }
    assert!(page.says("articles L. 311-3-1 et R. 311-3-1-1") && page.says("(CADA)"), "{}", page.text());
}

#[tokio::test]
async fn the_applicant_reads_what_the_rules_find_and_the_reviewer_what_they_found() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    assert!(summary.says("Commune et commune nouvelle. Le registre le classe parmi les administrations."), "{}", summary.text());
    assert!(summary.says("Date de naissance. Raison donnée : « Distinguer deux parents"), "{}", summary.text());
    let seen = summary.attribute("input[name=seen]", "value").unwrap();
    let mut form = given::attested(&seen).to_vec();
    form.push(("explanation", "Le DPO est celui de l’intercommunalité."));
    assert_eq!(camille.post(&format!("/demandes/{}/depot", id.0), &form).await.status, 303);

    // What the register says later changes nothing of what was found.
    let changed: Vec<i64> = sqlx::query_scalar("update organisations set facts = null, legal_category = '5710' returning id")
        .fetch_all(&site.state.db)
        .await
        .unwrap();
    assert_eq!(changed.len(), 1);
    let version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
    let found: Vec<(Rule, Outcome)> = version.findings.iter().map(|finding| (finding.rule, finding.outcome)).collect();
    assert_eq!(
        found,
        [
            (Rule::A1, Outcome::Pass),
            (Rule::A2, Outcome::Pass),
            (Rule::A3, Outcome::ToCheck),
            (Rule::A4, Outcome::Pass),
            (Rule::A5, Outcome::ToCheck)
        ]
    );
    let mut nadia = site.visitor();
    given::a_reviewer(&site, "nadia@dinum.test").await;
    nadia.sign_in("nadia@dinum.test").await;
    let dossier = nadia.get(&format!("/instruction/{}", id.0)).await;
    assert!(dossier.says("Le DPO est celui de l’intercommunalité."), "{}", dossier.text());
    assert!(dossier.says("Registre Sirene, extrait fourni avec le guichet, 23 novembre 2026."), "{}", dossier.text());
    assert!(camille.get(&format!("/demandes/{}", id.0)).await.says("Ce que le guichet a relevé au dépôt"));
    site.letters().await;
}

#[tokio::test]
async fn what_the_register_could_not_tell_is_said_to_be_unknown() {
    let site = TestSite::new().await.with_register(habilitation::organisations::Register::new([]));
    let mut camille = site.visitor();
    given::a_person(&site, "camille@tulle.test").await;
    camille.sign_in("camille@tulle.test").await;
    let choice = camille.get("/demandes/nouvelle?siret=21920023500014").await;
    let key = choice.attribute("input[name=start_key]", "value").unwrap();
    let named = [("siret", "21920023500014"), ("start_key", &*key), ("nom_organisme", "Mairie"), ("commune_organisme", "Clamart")];
    let started = camille.post("/demandes", &named).await;
    let base = started.location().trim_end_matches("/organisme").to_owned();
    for step in Form::of(Kind::Administration).steps() {
        let mut fields = given::answers(*step);
        fields.push(("revision", "0"));
        camille.post(&format!("{base}/{}", step.slug()), &fields).await;
    }
    let summary = camille.get(&format!("{base}/recapitulatif")).await;
    assert!(summary.says("Pas encore vérifié"), "{}", summary.text());
    assert!(summary.says("Le nom « Mairie » est déclaré par le demandeur"), "{}", summary.text());
}

/// What is found of a rule: its results, and its facts one after the other.
fn found(version: &Version, rule: Rule) -> (Vec<Outcome>, String) {
    let known = Known { organisation: &version.organisation, standing: Standing::Told };
    let findings = precheck(known, &version.content, date!(2026 - 12 - 03));
    let of_rule = || findings.iter().filter(|finding| finding.rule == rule);
    (of_rule().map(|finding| finding.outcome).collect(), of_rule().map(|finding| finding.fact.replace('\u{a0}', " ")).collect())
}

#[tokio::test]
async fn what_only_a_person_can_tell_is_never_found_against_a_demande() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();

    for private in ["5710", "9220", "1000"] {
        version.organisation.facts.as_mut().unwrap().legal_category = LegalCategory::parse(private);
        let (outcomes, fact) = found(&version, Rule::A1);
        assert_eq!(outcomes, [Outcome::ToCheck], "{private}");
        assert!(fact.ends_with("chargé d’une mission de service public administratif."), "{fact}");
    }
    version.organisation.facts.as_mut().unwrap().unit_state = Some(UnitState::Ceased);
    assert_eq!(found(&version, Rule::A1).0, [Outcome::Fail], "what has ceased asks for nothing");

    assert_eq!(found(&version, Rule::A4).0, [Outcome::Pass]);
    version.content.contacts.data_protection_officer.email = version.content.contacts.data_controller.email.clone();
    assert_eq!(found(&version, Rule::A4).0, [Outcome::ToCheck]);

    let requested = &mut version.content.requested;
    requested.scopes.push(Scope::Gender);
    requested.justifications.insert(Scope::Gender, "Civilité des courriers. ".repeat(15));
    version.content.personal_data.retention_months = 60;
    version.content.personal_data.retention_reason = "Contrôles pendant cinq ans.".into();
    let (outcomes, facts) = found(&version, Rule::A5);
    assert_eq!(outcomes, [Outcome::ToCheck; 3], "each datum and the duration");
    for words in ["Date de naissance. Raison donnée", "Sexe. Raison donnée : « Civilité", "courriers.… »", "60 mois, au-delà de 36"]
    {
        assert!(facts.contains(words), "{words}: {facts}");
    }
    version.content.requested.scopes.retain(|scope| !scope.needs_justification());
    version.content.personal_data.retention_months = 36;
    assert_eq!(found(&version, Rule::A5).0, [Outcome::Pass]);
    assert_eq!(site.letters().await.len(), 1);
}
