//! The papers: who may take them, under which name, and that they say what the pages and letters say.

use axum::http::header;
use habilitation::{
    accounts::Person,
    applications::{self, Acknowledgement, Kind},
    config::SilenceEffect,
    documents::to_pdf,
    ids::ApplicationId,
    problem::Problem,
};

use crate::support::{Answer, TestSite, given};

/// The words of a PDF; spaces and line breaks made one.
fn words(pdf: &[u8]) -> String {
    let read = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    one_space(&read.extract_text(&pages).unwrap())
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text as found wherever its lines are cut.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[track_caller]
fn is_a_pdf(answer: &Answer, name: &str) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], format!("attachment; filename=\"{name}.pdf\"").as_str());
    assert_eq!(answer.headers[header::CACHE_CONTROL], "private, no-store");
    words(&answer.bytes)
}

#[tokio::test]
async fn an_applicant_takes_the_draft_away_then_what_was_handed_in_and_its_receipt() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let id = given::a_draft(&site, &person).await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    let summary = format!("/demandes/{}/recapitulatif.pdf", id.0);
    let receipt = format!("/demandes/{}/recepisse.pdf", id.0);

    let draft = is_a_pdf(&camille.get(&summary).await, &format!("recapitulatif-demande-{id}"));
    assert!(draft.contains("rien n’est déposé") && draft.contains("Rien n’est encore rempli"), "{draft}");
    assert_eq!(camille.get(&receipt).await.status, 404);

    given::fill(&site, &person, id).await;
    given::hand_in(&site, &person, id).await;
    let filed = is_a_pdf(&camille.get(&summary).await, &format!("recapitulatif-demande-{id}"));
    for said in
        ["Portail familles", "Distinguer deux parents", "Jeanne Moreau, Maire", "Version 1, déposée le 3 décembre 2026", "Page 1 sur"]
    {
        assert!(one_space(&filed).contains(said), "{said}: {filed}");
    }
    let received = is_a_pdf(&camille.get(&receipt).await, &format!("recepisse-demande-{id}"));
    assert!(received.contains("avant le 17 décembre 2026"), "{received}");
    site.letters_to("camille@clamart.test").await;
}

#[tokio::test]
async fn a_reviewer_takes_a_version_away_with_what_the_rules_found() {
    let site = TestSite::new().await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let id = given::a_submitted_application(&site, &person).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let path = format!("/instruction/{}/dossier.pdf", id.0);
    let dossier = is_a_pdf(&nadia.get(&path).await, &format!("dossier-{id}-version-1"));
    assert!(dossier.contains("Ce que le guichet a relevé au dépôt") && dossier.contains("Fait et source"), "{dossier}");
    assert_eq!(nadia.get(&format!("{path}?version=2")).await.status, 404);
    site.letters().await;
}

#[tokio::test]
async fn a_refusal_is_kept_on_paper_in_the_words_of_its_letter_until_it_is_reopened() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_submitted_demande(&site).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let paths = [format!("/demandes/{}/decision.pdf", id.0), format!("/instruction/{}/decision.pdf", id.0)];
    let [own, teams] = &paths;
    assert_eq!(camille.get(own).await.location(), format!("/demandes/{}", id.0), "nothing is decided");
    let refusal =
        [("outcome", "refused"), ("version", "1"), ("ground", "not_eligible"), ("message", "Le règlement municipal cité n’existe pas.")];
    nadia.decides(&format!("/instruction/{}/decision", id.0), &refusal).await;
    let letter = squeezed(&site.letters_to("camille@clamart.test").await.last().unwrap().text);
    let paper = is_a_pdf(&camille.get(own).await, &format!("decision-demande-{id}"));
    assert_eq!(paper, is_a_pdf(&nadia.get(teams).await, &format!("decision-demande-{id}")));
    let paper = squeezed(&paper);
    for said in [
        "Le règlement municipal cité n’existe pas.",
        "Nadia Rousseau",
        "recours gracieux",
        "recours hiérarchique",
        "tribunal administratif",
        "interrompt le délai",
    ] {
        assert!(paper.contains(&squeezed(said)) && letter.contains(&squeezed(said)), "{said}: {paper} {letter}");
    }
    let at = |words: &str| paper.find(&squeezed(words)).unwrap();
    assert!(at("Commune de Clamart") < at("Refus de la demande"), "a letter names whom it is for first: {paper}");
    for (who, page) in [(&mut camille, "/demandes"), (&mut nadia, "/instruction")] {
        assert!(who.get(&format!("{page}/{}", id.0)).await.html.contains(&format!("{page}/{}/decision.pdf", id.0)), "{page}");
    }
    nadia.post(&format!("/instruction/{}/reouverture", id.0), &[("because", "Le règlement existe.")]).await;
    assert_eq!(camille.get(own).await.location(), format!("/demandes/{}", id.0), "it binds no more");
    site.letters().await;
}

#[tokio::test]
async fn anybody_takes_the_questions_of_a_kind_away_before_starting() {
    let site = TestSite::new().await;
    let mut visitor = site.visitor();
    let questions = is_a_pdf(&visitor.get("/demandes/questions.pdf").await, "questions-administration");
    assert!(questions.contains("Nom du service") && questions.contains("Ville de naissance"), "{questions}");
    for audience in ["changement-adresse", "verification-identite", "experimentation"] {
        let answer = visitor.get(&format!("/demandes/questions.pdf?pour={audience}")).await;
        is_a_pdf(&answer, &format!("questions-{audience}"));
    }
    assert_eq!(visitor.get("/demandes/questions.pdf?pour=autre").await.status, 404);
    for page in ["/", "/eligibilite?profil=collectivite"] {
        assert!(visitor.get(page).await.html.contains("/demandes/questions.pdf"), "{page}");
    }
}

/// Files a demande of that kind.
async fn file(site: &TestSite, applicant: &Person, kind: Kind) -> Result<ApplicationId, Problem> {
    let id = given::a_draft_of(site, applicant, kind).await;
    given::fill(site, applicant, id).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    given::hand_in_through(&mut transaction, site, applicant, id).await?;
    transaction.commit().await.unwrap();
    Ok(id)
}

#[tokio::test]
async fn the_letter_the_page_and_the_paper_acknowledge_in_the_same_words() {
    for (kind, effect) in [
        (Kind::Administration, None),
        (Kind::PrivateAddressChange, Some(SilenceEffect::Acceptance)),
        (Kind::PrivateAddressChange, Some(SilenceEffect::Rejection)),
    ] {
        let site = TestSite::with(|config| {
            config.desk.desk_phone = "01 23 45 67 89".into();
            config.desk.desk_silence_effect_address_change = effect;
        })
        .await;
        let person = given::a_person(&site, "camille@clamart.test").await;
        let id = file(&site, &person, kind).await.unwrap();
        let mut camille = site.visitor();
        camille.sign_in("camille@clamart.test").await;
        let page = squeezed(&camille.get(&format!("/demandes/{}/recepisse", id.0)).await.text());
        let paper = squeezed(&words(&camille.get(&format!("/demandes/{}/recepisse.pdf", id.0)).await.bytes));
        let letter = squeezed(&site.letters_to("camille@clamart.test").await[0].text);
        let version = applications::find_version(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
        assert_eq!(version.silence_effect, effect);
        let application = applications::find(&mut site.state.db.acquire().await.unwrap(), id).await.unwrap();
        let promised = applications::find_promised(&mut site.state.db.acquire().await.unwrap(), id, 1).await.unwrap();
        for passage in Acknowledgement::of(&application, &version, promised, &site.state.config.desk).passages() {
            for said in std::iter::once(&passage.title).chain(&passage.says) {
                let said = squeezed(said);
                assert!(page.contains(&said) && paper.contains(&said) && letter.contains(&said), "{said}\n{page}\n{paper}\n{letter}");
            }
        }
    }
}

#[tokio::test]
async fn a_private_demande_is_not_received_while_nobody_says_what_silence_means() {
    let site = TestSite::with(|config| config.desk.desk_silence_effect_address_change = None).await;
    let person = given::a_person(&site, "camille@clamart.test").await;
    let refused = file(&site, &person, Kind::PrivateAddressChange).await.unwrap_err();
    assert!(matches!(&refused, Problem::NotPossible { sentence, .. } if sentence.contains("Rien n’a été déposé")), "{refused}");
    file(&site, &person, Kind::PrivateIdentityCheck).await.unwrap();
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[test]
fn a_paper_of_ours_is_light() {
    let document = habilitation::documents::Document {
        title: "Récépissé".into(),
        desk: "Guichet".into(),
        service: "DINUM".into(),
        reference: "D1".into(),
        blocks: Vec::new(),
    };
    assert!(to_pdf(&document).unwrap().len() < 20_000);
}
