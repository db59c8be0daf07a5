//! What the applicant's side and the team write to each other, and how each knows of it.

mod files;
mod files_law;

use axum::http::StatusCode;
use time::Duration;

use crate::support::{Answer, TestSite, Visitor, files::a_pdf, given};

const HERE: &str = "/demandes/1/messages";
const THERE: &str = "/instruction/1/messages";

/// Camille with her demande, and Nadia of the team, each in their browser; the letters of the deposit have been looked at.
async fn two_sides(site: &TestSite) -> (Visitor, Visitor) {
    given::a_reviewer(site, "nadia@dinum.test").await;
    let (camille, _) = given::somebody_with_a_submitted_demande(site).await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    site.letters().await;
    (camille, nadia)
}

async fn write(visitor: &mut Visitor, path: &str, words: &str) -> Answer {
    let page = visitor.get(path).await;
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    visitor.post(path, &[("message", words), ("start_key", &key)]).await
}

async fn announcements(site: &TestSite, address: &str) -> usize {
    site.outbox_of(address).await.iter().filter(|letter| letter.kind == "message_received").count()
}

#[tokio::test]
async fn a_text_of_the_teams_is_put_after_what_was_typed_and_nothing_leaves() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    assert_eq!(nadia.get(THERE).await.count("select[name=modele]"), 0, "there is no text yet");
    for (act, kind) in [("approved", "administration"), ("refused", "experiment")] {
        let body = "Bienvenue à {service} ({numero}).";
        nadia.post("/instruction/modeles", &[("act", act), ("kind", kind), ("title", "Bienvenue"), ("body", body)]).await;
    }
    let page = nadia.get(THERE).await;
    assert_eq!(
        page.count("select[name=modele] option"),
        2,
        "those for an administration's, whatever they were written for: {}",
        page.text()
    );
    let key = page.attribute("input[name=start_key]", "value").unwrap();
    let page = nadia.post(THERE, &[("message", "D’abord."), ("modele", "1"), ("inserer", "oui"), ("start_key", &key)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.html.contains("D’abord.\n\nBienvenue à Portail familles (D1)."), "{}", page.text());
    assert_eq!(announcements(&site, "camille@clamart.test").await, 0, "nothing left");
    let with_a_file = [("message", ""), ("modele", "1"), ("inserer", "oui"), ("start_key", key.as_str())];
    let page = nadia.post_files(THERE, &with_a_file, &[a_pdf("avis.pdf").of("files")]).await;
    assert!(page.status == StatusCode::UNPROCESSABLE_ENTITY && page.says("choisissez-les de nouveau"), "{}", page.text());
    assert_eq!(camille.get(HERE).await.count("select[name=modele]"), 0, "the applicant has none of them");
}

#[tokio::test]
async fn a_message_is_announced_marked_unread_read_and_answered() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    assert_eq!(write(&mut camille, HERE, "Faut-il joindre la délibération ?").await.status, StatusCode::SEE_OTHER);

    let letter = site.letters_to("nadia@dinum.test").await.pop().unwrap();
    assert_eq!(letter.subject, "Vous avez reçu un message à propos de D1");
    assert!(!letter.text.contains("délibération") && letter.link().unwrap().ends_with(THERE), "{}", letter.text);
    let queue = nadia.get("/instruction").await;
    assert!(queue.says("1 message non lu") && queue.count("tr.is-unread") == 1, "{}", queue.text());
    assert!(nadia.get("/instruction/1").await.says("Messages (1 non lu)"));
    let thread = nadia.get(THERE).await;
    assert!(thread.says("Faut-il joindre la délibération ?") && thread.says("Camille Rousseau, "), "{}", thread.text());
    assert!(thread.says("Nouveau") && !nadia.get(THERE).await.says("Nouveau"));
    assert!(!nadia.get("/instruction").await.says("non lu"));

    assert_eq!(write(&mut nadia, THERE, "Oui, s’il vous plaît.\n\nMerci.").await.status, StatusCode::SEE_OTHER);
    let letter = site.letters_to("camille@clamart.test").await.pop().unwrap();
    assert!(letter.text.contains("Nadia Rousseau, de l’équipe FranceConnect, vous a écrit"), "{}", letter.text);
    assert!(camille.get("/demandes").await.says("1 message non lu"));
    assert!(camille.get("/demandes/1").await.says("Messages (1 non lu)"));
    let thread = camille.get(HERE).await;
    assert!(thread.says("Nadia Rousseau, équipe FranceConnect") && thread.count("li.is-mine") == 1, "{}", thread.text());
    assert!(!camille.get("/demandes").await.says("non lu"));
}

#[tokio::test]
async fn one_letter_announces_however_many_messages_until_they_are_read() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    for words in ["Un.", "Deux.", "Trois."] {
        assert_eq!(write(&mut camille, HERE, words).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(announcements(&site, "nadia@dinum.test").await, 1);
    assert!(nadia.get("/instruction/1").await.says("Messages (3 non lus)"));
    nadia.get(THERE).await;
    write(&mut camille, HERE, "Quatre.").await;
    assert_eq!(announcements(&site, "nadia@dinum.test").await, 2, "she came: she is told again");
}

#[tokio::test]
async fn what_one_of_the_team_answered_is_settled_for_all() {
    let site = TestSite::new().await;
    given::a_reviewer(&site, "samir@dinum.test").await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    let mut samir = site.visitor();
    samir.sign_in("samir@dinum.test").await;
    write(&mut camille, HERE, "Une question.").await;
    assert_eq!(samir.get("/instruction").await.count("tr.is-unread"), 1);
    nadia.get(THERE).await;
    assert_eq!(samir.get("/instruction").await.count("tr.is-unread"), 1, "read by one, answered by nobody");
    write(&mut nadia, THERE, "Une réponse.").await;
    assert_eq!(samir.get("/instruction").await.count("tr.is-unread"), 0);
    site.letters().await;
}

#[tokio::test]
async fn a_message_is_taken_back_within_five_minutes_and_its_words_are_gone() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    write(&mut camille, HERE, "Le mot de passe est tulipe.").await;
    let act = camille.get(HERE).await.attribute("form[action$=retrait]", "action").unwrap();
    let by_other = nadia.post(&act.replace("/demandes/", "/instruction/"), &[]).await;
    assert!(by_other.status == StatusCode::CONFLICT && by_other.says("Seul l’auteur d’un message"), "{}", by_other.text());
    site.state.clock.advance(Duration::minutes(5));
    assert_eq!(camille.post(&act, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(camille.post(&act, &[]).await.status, StatusCode::SEE_OTHER, "twice changes nothing");
    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        let page = visitor.get(path).await;
        assert!(page.says("Message retiré") && !page.says("tulipe"), "{}", page.text());
    }
    assert!(!nadia.get("/instruction").await.says("non lu"));
    let kept: i64 = sqlx::query_scalar("select count(*) from messages where body is not null").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(kept, 0);

    write(&mut camille, HERE, "Un autre.").await;
    site.state.clock.advance(Duration::minutes(6));
    let page = camille.get(HERE).await;
    assert_eq!(page.count("form[action$=retrait]"), 0, "too late: nothing offers it");
    let late = camille.post("/demandes/1/messages/2/retrait", &[]).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("il y a plus de cinq minutes"), "{}", late.text());
    let late = "update messages set body = null, taken_back_at = posted_at + interval '6 minutes' where id = 2 returning id";
    let forced = sqlx::query_scalar::<_, i64>(late).fetch_one(&site.state.db).await;
    assert!(forced.is_err(), "the database keeps the five minutes too");
    assert_eq!(camille.post("/demandes/1/messages/99/retrait", &[]).await.status, StatusCode::NOT_FOUND);
    site.letters().await;
}

#[tokio::test]
async fn letters_to_the_applicant_are_copied_in_the_order_of_time() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    site.state.clock.advance(Duration::minutes(1));
    write(&mut camille, HERE, "Merci de l’accusé.").await;
    site.state.clock.advance(Duration::minutes(1));
    let asked = [("outcome", "changes_requested"), ("version", "1"), ("message", "Précisez la durée.")];
    assert_eq!(nadia.decides("/instruction/1/decision", &asked).await.status, StatusCode::SEE_OTHER);
    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        let text = visitor.get(path).await.text();
        let order: Vec<usize> = ["Demande D1 bien reçue", "Merci de l’accusé.", "Demande D1 à compléter", "Précisez la durée."]
            .iter()
            .map(|words| text.find(words).unwrap_or_else(|| panic!("{words}: {text}")))
            .collect();
        assert!(order.is_sorted(), "{text}");
        assert!(!text.contains("à instruire"), "what the team is sent is not the applicant's");
    }
    site.letters().await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_said_and_given_back() {
    let site = TestSite::new().await;
    let (mut camille, mut nadia) = two_sides(&site).await;
    let long = "é".repeat(5001);
    for (visitor, path) in [(&mut camille, HERE), (&mut nadia, THERE)] {
        for (typed, said) in [
            (" \n ", "Remplissez ce champ"),
            (&long, "Ce texte est trop long : 5 001 caractères, 5 000 au plus"),
            ("a\u{202e}b", "invisible"),
        ] {
            let refused = write(visitor, path, typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.says(said) && refused.html.contains(typed), "{said}");
            assert_eq!(refused.count("#erreurs a[href='#message']"), 1);
        }
        assert_eq!(visitor.post(path, &[("message", "Bonjour")]).await.status, StatusCode::BAD_REQUEST, "no page of ours");
    }
    assert_eq!(announcements(&site, "nadia@dinum.test").await + announcements(&site, "camille@clamart.test").await, 0);
}

#[tokio::test]
async fn pressing_twice_sends_once_and_thirty_an_hour_are_enough() {
    let site = TestSite::new().await;
    let (mut camille, _) = two_sides(&site).await;
    let key = camille.get(HERE).await.attribute("input[name=start_key]", "value").unwrap();
    for _ in 0..2 {
        let sent = camille.post(HERE, &[("message", "Bonjour."), ("start_key", &key)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(camille.get(HERE).await.count("li.is-mine"), 1);
    for nth in 2..=30 {
        assert_eq!(write(&mut camille, HERE, &format!("Message {nth}.")).await.status, StatusCode::SEE_OTHER);
    }
    let refused = write(&mut camille, HERE, "Encore un.").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("Celui-ci n’est pas parti"), "{}", refused.text());
    assert!(refused.html.contains("Encore un."));
    site.state.clock.advance(Duration::minutes(61));
    camille.sign_in("camille@clamart.test").await;
    assert_eq!(write(&mut camille, HERE, "Encore un.").await.status, StatusCode::SEE_OTHER);
    site.letters().await;
}

#[tokio::test]
async fn messages_are_written_from_the_deposit_on_and_after_the_decision() {
    let site = TestSite::new().await;
    let (mut camille, id) = given::somebody_with_a_complete_draft(&site).await;
    assert_eq!(camille.get(HERE).await.location(), "/demandes/1");
    let key = uuid::Uuid::new_v4().to_string();
    let early = camille.post(HERE, &[("message", "Bonjour."), ("start_key", &key)]).await;
    assert!(early.status == StatusCode::CONFLICT && early.says("une fois la demande déposée"), "{}", early.text());
    given::hand_in(&site, &given::a_person(&site, "camille@clamart.test").await, id).await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    let approved = [("outcome", "approved"), ("version", "1"), ("message", "")];
    assert_eq!(nadia.decides("/instruction/1/decision", &approved).await.status, StatusCode::SEE_OTHER);
    assert_eq!(write(&mut camille, HERE, "Merci !").await.status, StatusCode::SEE_OTHER);
    assert_eq!(write(&mut nadia, THERE, "Bonne route.").await.status, StatusCode::SEE_OTHER);
    site.letters().await;
}

#[tokio::test]
async fn a_reviewer_does_not_write_as_the_team_about_their_own_demande() {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    given::a_submitted_application(&site, nadia.person()).await;
    let mut browser = site.visitor();
    browser.sign_in("nadia@dinum.test").await;
    assert_eq!(write(&mut browser, THERE, "Bonjour.").await.status, StatusCode::FORBIDDEN);
    assert_eq!(write(&mut browser, HERE, "Bonjour.").await.status, StatusCode::SEE_OTHER);
    assert_eq!(announcements(&site, "nadia@dinum.test").await, 0, "nobody is told of what they wrote");
    site.letters().await;
}
