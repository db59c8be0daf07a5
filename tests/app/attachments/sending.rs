//! Sending files: with their step, or one by one; what the pages say of them.

use axum::http::{StatusCode, header};
use habilitation::{applications::State, attachments::MOST_IN_A_FIELD};

use crate::support::{
    TestSite,
    files::{PDF, PNG, a_file, a_pdf},
    given,
};

#[tokio::test]
async fn the_limits_are_said_before_a_file_is_chosen() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let step = camille.get(&format!("/demandes/{}/service", id.0)).await;
    assert!(step.says("PDF, PNG ou JPEG, 10 Mo au plus par fichier, 6 fichiers au plus."), "{}", step.text());
    assert_eq!(step.attribute("form.hab-flow", "enctype").as_deref(), Some("multipart/form-data"));
    assert_eq!(step.attribute("form.hab-flow button", "name").as_deref(), Some("suite"), "the Enter key takes no file away");
}

#[tokio::test]
async fn files_are_sent_with_the_rest_of_their_step() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    let typed = [("revision", "0"), ("service_name", "Portail familles"), ("suite", "enregistrer")];
    let saved = camille.post_files(&here, &typed, &[a_file("Écran d’accueil.PNG", PNG), a_file("maquette.pdf", PDF)]).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, &*format!("{here}#mockups")));
    let step = camille.get(&here).await;
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
    assert_eq!(step.count(".hab-files li"), 2);
    for words in ["Écran d’accueil.png", "image PNG, ", "maquette.pdf", "PDF, 77 octets, joint le 3 décembre 2026 à 10 h 00", "Empreinte "]
    {
        assert!(step.says(words), "{words}: {}", step.text());
    }
    assert!(step.says("Non analysé par un antivirus."), "what nobody looked at is said");
    assert_eq!(step.count(".hab-files code"), 2, "each can be compared with the one on one's own disk");

    let summary = camille.get(&format!("/demandes/{}/recapitulatif", id.0)).await;
    assert!(summary.says("maquette.pdf") && summary.count("#service .hab-files li") == 2, "{}", summary.text());
}

#[tokio::test]
async fn a_browser_with_scripts_sends_them_one_by_one() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    for number in 1..=MOST_IN_A_FIELD {
        let part = camille.post_files(&there, &[], &[a_pdf(&format!("ecran-{number}.pdf"))]).await;
        assert_eq!(part.status, StatusCode::OK, "{}", part.text());
        assert_eq!(part.count("[data-upload] .hab-files li"), number);
        assert!(!part.html.contains("<html"), "a part of the page, not a page");
    }
    let seventh = camille.post_files(&there, &[], &[a_pdf("ecran-7.pdf")]).await;
    assert_eq!(seventh.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seventh.says("« ecran-7.pdf » n’a pas été joint : il y a déjà 6 fichiers."), "{}", seventh.text());
    assert_eq!(seventh.count(".hab-files li"), MOST_IN_A_FIELD);

    let first = seventh.attribute(".hab-files button", "value").unwrap();
    let removed = camille.post(&there, &[("retirer", &first)]).await;
    assert_eq!((removed.status, removed.count(".hab-files li")), (StatusCode::OK, MOST_IN_A_FIELD - 1));
    assert!(!removed.says("ecran-1.pdf"));
}

#[tokio::test]
async fn what_is_sent_again_for_want_of_an_answer_is_joined_once() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    for _ in 0..3 {
        let part = camille.post_files(&there, &[], &[a_pdf("ecran.pdf")]).await;
        assert_eq!((part.status, part.count(".hab-files li")), (StatusCode::OK, 1));
    }
}

#[tokio::test]
async fn six_places_hold_six_files_however_many_arrive_at_once() {
    let site = TestSite::new().await;
    let (camille, id) = given::somebody_with_a_draft(&site).await;
    let sent = (0..10).map(|number| {
        let (mut tab, there) = (camille.another_tab(), format!("/demandes/{}/service/fichiers", id.0));
        tokio::spawn(async move { tab.post_files(&there, &[], &[a_pdf(&format!("ecran-{number}.pdf"))]).await.status })
    });
    let mut answers = Vec::new();
    for answer in sent.collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    let joined = answers.iter().filter(|status| **status == StatusCode::OK).count();
    assert_eq!((joined, answers.iter().filter(|status| **status == StatusCode::UNPROCESSABLE_ENTITY).count()), (6, 4), "{answers:?}");
}

#[tokio::test]
async fn a_file_is_taken_away_with_the_form_and_the_text_stays() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    camille.post_files(&here, &[("revision", "0")], &[a_pdf("ecran.pdf")]).await;
    let step = camille.get(&here).await;
    let file = step.attribute(".hab-files button", "value").unwrap();
    let revision = step.attribute("[name=revision]", "value").unwrap();
    let typed = [("revision", &*revision), ("service_name", "Portail familles"), ("retirer", &file)];
    let saved = camille.post_files(&here, &typed, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let step = camille.get(&here).await;
    assert_eq!(step.count(".hab-files li"), 0);
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
}

#[tokio::test]
async fn a_text_that_is_nowhere_on_line_is_joined_instead() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let here = format!("/demandes/{}/cadre", id.0);
    let revision = camille.get(&here).await.attribute("[name=revision]", "value").unwrap();
    let typed = [("revision", &*revision), ("legal_choice", "autre"), ("legal_nature", "Délibération n° 12"), ("suite", "continuer")];
    let missing = camille.post_files(&here, &typed, &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.says("Indiquez où ce texte peut être lu, ou joignez-le en fichier."));
    let revision = missing.attribute("[name=revision]", "value").unwrap();
    let typed = [("revision", &*revision), ("legal_choice", "autre"), ("legal_nature", "Délibération n° 12"), ("suite", "continuer")];
    let joined = camille.post_files(&here, &typed, &[a_file("délibération.pdf", PDF).of("legal_documents")]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text());

    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    let follow = camille.get(&format!("/demandes/{}", id.0)).await;
    assert!(follow.says("délibération.pdf"), "{}", follow.text());
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[tokio::test]
async fn what_was_handed_in_keeps_its_files_and_takes_no_other() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    let there = format!("/demandes/{}/service/fichiers", id.0);
    let part = camille.post_files(&there, &[], &[a_pdf("ecran.pdf")]).await;
    let file = part.attribute(".hab-files button", "value").unwrap();
    let person = given::a_person(&site, "camille@clamart.test").await;
    given::hand_in(&site, &person, id).await;
    for late in [camille.post_files(&there, &[], &[a_pdf("autre.pdf")]).await, camille.post(&there, &[("retirer", &file)]).await] {
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    }
    let mut connection = site.state.db.acquire().await.unwrap();
    let application = habilitation::applications::find(&mut connection, id).await.unwrap();
    assert_eq!(application.state, State::Submitted);
    assert_eq!(habilitation::attachments::find_of_version(&mut connection, id, 1).await.unwrap().len(), 1);
    let mut owner = site.database.owner().await;
    for statement in
        ["update attachments set sha256 = decode(repeat('00', 32), 'hex')", "delete from version_attachments", "delete from attachments"]
    {
        assert!(sqlx::raw_sql(statement).execute(&mut owner).await.is_err(), "{statement}");
    }
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_sent_to_be_saved_and_never_shown() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let part = camille.post_files(&format!("/demandes/{}/service/fichiers", id.0), &[], &[a_file("Délibération n° 12.pdf", PDF)]).await;
    let file = camille.get(&part.attribute(".hab-files a", "href").unwrap()).await;
    assert_eq!(file.html.as_bytes(), PDF);
    let header = |name: header::HeaderName| file.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header(header::CONTENT_TYPE), "application/pdf");
    assert_eq!(
        header(header::CONTENT_DISPOSITION),
        "attachment; filename=\"D_lib_ration n_ 12.pdf\"; filename*=UTF-8''D%C3%A9lib%C3%A9ration%20n%C2%B0%2012.pdf"
    );
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert_eq!(header(header::CACHE_CONTROL), "no-store");
    assert!(header(header::CONTENT_SECURITY_POLICY).starts_with("sandbox;"));
}

#[tokio::test]
async fn a_session_that_ends_while_files_are_sent_brings_the_text_back() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_draft(&site).await;
    let here = format!("/demandes/{}/service", id.0);
    site.state.clock.advance(time::Duration::minutes(31));
    let big = a_file("grand.pdf", &[PDF, &vec![b' '; 3_000_000]].concat());
    let lost = camille.post_files(&here, &[("revision", "0"), ("service_name", "Portail familles")], &[big]).await;
    assert!(lost.location().starts_with("/connexion?suite="), "{} {}", lost.status, lost.text());
    camille.sign_in("camille@clamart.test").await;
    let step = camille.get(&here).await;
    assert!(step.says("Votre session avait expiré"), "{}", step.text());
    assert_eq!(step.attribute("#service_name", "value").as_deref(), Some("Portail familles"));
}
