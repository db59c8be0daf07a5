//! Who answers for a dossier: taken, given with a word, given back; and who may not have it.

use axum::http::StatusCode;
use habilitation::{
    accounts::Role,
    problem::Problem,
    review::queue::{self, Handing},
};

use super::Team;
use crate::support::{TestSite, given};

#[tokio::test]
async fn a_dossier_is_taken_once_and_the_second_is_told_by_whom() {
    let mut team = Team::before(1).await;
    assert_eq!(team.nadia.get("/instruction").await.count("[data-take]"), 1);
    let taken = team.nadia.post("/instruction/1/prise", &[("liste", "tour=equipe")]).await;
    assert_eq!(taken.location(), "/instruction?tour=equipe&vu=1#d1");
    assert!(team.nadia.get("/instruction").await.says("Vous avez pris le dossier D1."));
    let late = team.samir.post("/instruction/1/prise", &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("Nadia Rousseau a pris le dossier D1 le 3 décembre 2026 à 10 h 01. Il reste à son nom"), "{}", late.text());
    assert_eq!(team.nadia.post("/instruction/1/prise", &[]).await.location(), "/instruction/1", "taking one's own again changes nothing");
    let dossier = team.nadia.get("/instruction/1").await;
    assert!(dossier.says("Vous répondez de ce dossier") && dossier.says("À vous"), "{}", dossier.text());
    assert_eq!(dossier.text().matches("a pris le dossier").count(), 1, "one fact in the journal");
    assert!(team.samir.get("/instruction/1").await.says("Nadia Rousseau répond de ce dossier depuis le 3 décembre 2026 à 10 h 01."));
    assert_eq!(team.samir.get("/instruction").await.count("[data-take]"), 0);
}

#[tokio::test]
async fn a_dossier_changes_hands_with_a_word_and_its_new_owner_is_told() {
    let mut team = Team::before(1).await;
    let [nadia, samir] = team.by.each_ref().map(|by| by.person().account.to_string());
    team.nadia.post("/instruction/1/prise", &[]).await;
    let page = team.nadia.get("/instruction/1/attribution").await;
    assert_eq!(page.attribute("input[name=seen]", "value"), Some(nadia.clone()));
    assert_eq!(page.count(&format!("option[value='{nadia}']")), 0, "whoever has it is not offered");
    let empty = team.nadia.post("/instruction/1/attribution", &[("word", "À voir vite"), ("seen", &nadia)]).await;
    assert_eq!((empty.status, empty.attribute("#word", "value").as_deref()), (StatusCode::UNPROCESSABLE_ENTITY, Some("À voir vite")));
    let given = [("to", samir.as_str()), ("seen", &nadia), ("word", "Le client attend avant vendredi.")];
    assert_eq!(team.nadia.post("/instruction/1/attribution", &given).await.location(), "/instruction/1");
    let dossier = team.nadia.get("/instruction/1").await;
    assert!(dossier.says("Le dossier D1 est confié à Samir Rousseau."));
    assert!(dossier.says("a confié le dossier à Samir Rousseau : Le client attend avant vendredi."), "{}", dossier.text());
    let letters = team.site.letters_to("samir@dinum.test").await;
    assert_eq!(letters.len(), 1);
    for words in ["Nadia Rousseau vous confie", "Le client attend avant vendredi.", "/instruction/1"] {
        assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
    }
    let late = team.nadia.post("/instruction/1/restitution", &[]).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("Samir Rousseau a pris le dossier D1"), "{}", late.text());
    assert_eq!(team.samir.post("/instruction/1/restitution", &[]).await.location(), "/instruction/1");
    let released = team.samir.get("/instruction/1").await;
    assert!(released.says("Personne ne répond encore de ce dossier.") && released.says("a rendu le dossier à la file"));
    assert_eq!(team.site.letters().await.len(), 2, "a receipt, a dossier given");
}

#[tokio::test]
async fn what_changed_since_the_page_was_opened_is_told_and_the_word_is_given_back() {
    let mut team = Team::before(1).await;
    let leo = given::a_reviewer(&team.site, "leo@dinum.test").await.person().account.to_string();
    team.samir_takes(team.demandes[0]).await;
    let late = team.nadia.post("/instruction/1/attribution", &[("to", leo.as_str()), ("seen", ""), ("word", "Pour toi")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for words in ["Samir Rousseau a pris le dossier D1", "C’était après l’ouverture de votre page.", "Votre mot est gardé"] {
        assert!(late.says(words), "{words}: {}", late.text());
    }
    assert_eq!(late.attribute("#word", "value").as_deref(), Some("Pour toi"));
    assert_eq!(late.attribute("option[selected]", "value"), Some(leo.clone()));
    let seen = late.attribute("input[name=seen]", "value").unwrap();
    let again = [("to", leo.as_str()), ("seen", &seen), ("word", "Pour toi")];
    assert_eq!(team.nadia.post("/instruction/1/attribution", &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(team.site.letters_to("leo@dinum.test").await.len(), 1);
}

#[tokio::test]
async fn nobody_has_a_dossier_of_their_own_and_observers_have_none() {
    let site = TestSite::new().await;
    let camille = given::a_reviewer(&site, "camille@clamart.test").await;
    let id = given::a_submitted_application(&site, camille.person()).await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let observer = given::staff(&site, Role::Observer).await;
    let jurist = given::staff(&site, Role::Jurist).await;
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    assert!(matches!(queue::take(&mut transaction, &camille, id, now).await, Err(Problem::Forbidden(_))));
    assert_eq!(queue::take_next(&mut transaction, &camille, now).await.unwrap(), None, "her own is passed over");
    let to = |account| Handing { to: account, seen: None, word: String::new() };
    let refusals = [
        (camille.person().account, "appartient à l’organisme"),
        (observer.account, "n’instruit pas"),
        (jurist.account, "demandez un avis"),
    ];
    for (account, why) in refusals {
        let refused = queue::assign(&mut transaction, &nadia, id, to(account), now).await;
        assert!(matches!(&refused, Err(Problem::NotPossible { sentence, .. }) if sentence.contains(why)), "{refused:?}");
    }
    let refused = queue::assign(&mut transaction, &camille, id, to(nadia.person().account), now).await;
    assert!(matches!(refused, Err(Problem::Forbidden(_))), "nor does one give one's own away");
    assert!(
        queue::find_team(&mut transaction).await.unwrap().iter().all(|person| person.account != jurist.account),
        "nor is a jurist proposed"
    );
    transaction.commit().await.unwrap();
    site.letters().await;
}

#[tokio::test]
async fn the_next_one_is_the_oldest_that_waits_for_the_team_and_that_nobody_has() {
    let mut team = Team::before(4).await;
    team.samir_takes(team.demandes[0]).await;
    team.write("insert into opinion_requests select 2, 1, 'legal', '', id, now() from accounts where email = 'samir@dinum.test'").await;
    let next = team.nadia.post("/instruction/suivante", &[]).await;
    assert_eq!(next.location(), "/instruction/3?liste=responsable%3Dmoi");
    assert!(team.nadia.get(next.location()).await.says("Vous avez pris le dossier D3, le plus ancien"));
    assert!(team.nadia.post("/instruction/suivante", &[]).await.location().starts_with("/instruction/4"));
    assert_eq!(team.nadia.post("/instruction/suivante", &[]).await.location(), "/instruction");
    assert!(team.nadia.get("/instruction").await.says("Il n’y a pas de dossier à prendre"));
}

#[tokio::test]
async fn several_dossiers_are_given_at_once_and_what_became_of_each_is_told() {
    let mut team = Team::before(4).await;
    let samir = team.by[1].person().account.to_string();
    let page = team.nadia.get("/instruction").await;
    assert_eq!(page.count("input[name=d]"), 4);
    team.samir_takes(team.demandes[1]).await;
    let leo = given::a_reviewer(&team.site, "leo@dinum.test").await.person().account.to_string();
    let ticked = [("d", "1:"), ("d", "2:"), ("d", "3:"), ("to", leo.as_str()), ("word", "Merci"), ("liste", "tour=equipe")];
    let told = team.nadia.post("/instruction/attribution", &ticked).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.says("D1 et D3 sont confiés à Leo Rousseau."), "{}", told.text());
    assert!(told.says("D2 : Samir Rousseau a pris le dossier D2"), "{}", told.text());
    assert_eq!(told.attribute("#mot", "value").as_deref(), Some("Merci"), "the word is there for those that are left");
    assert_eq!(team.site.letters_to("leo@dinum.test").await.len(), 2);
    for (form, words) in [(vec![("to", samir.as_str())], "cochez au moins un dossier"), (vec![("d", "4:")], "choisissez la personne")] {
        let refused = team.nadia.post("/instruction/attribution", &form).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says(words), "{}", refused.text());
    }
}

#[tokio::test]
async fn what_was_typed_and_ticked_for_several_dossiers_is_given_back_when_something_is_missing() {
    let mut team = Team::before(3).await;
    let refused = team.nadia.post("/instruction/attribution", &[("d", "1:"), ("d", "3:"), ("word", "Ceux de la Réunion")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.attribute("#mot", "value").as_deref(), Some("Ceux de la Réunion"));
    assert_eq!(refused.count("input[name=d][checked]"), 2);
    let long = "trop ".repeat(100);
    let leo = given::a_reviewer(&team.site, "leo@dinum.test").await.person().account.to_string();
    let refused = team.nadia.post("/instruction/attribution", &[("d", "1:"), ("to", leo.as_str()), ("word", &long)]).await;
    assert_eq!(refused.attribute("#mot", "value").map(|word| word.len()), Some(long.len()));
    assert_eq!(refused.attribute("#confier-a option[selected]", "value"), Some(leo));
    assert!(team.site.letters().await.iter().all(|letter| !letter.contains("confié")), "nobody was told anything");
}

#[tokio::test]
async fn the_applicant_reads_nothing_of_who_answers_for_the_dossier() {
    let mut team = Team::before(1).await;
    team.nadia_gives_samir(team.demandes[0], "Canari jaune").await;
    team.samir.get("/instruction/1").await;
    let mut camille = team.site.visitor();
    camille.sign_in("camille@clamart.test").await;
    for path in ["/demandes", "/demandes/1", "/demandes/1/messages", "/demandes/1/versions", "/compte"] {
        let page = camille.get(path).await;
        for secret in ["Samir", "Canari", "confié", "consulte"] {
            assert!(!page.html.contains(secret), "{path}: {secret}");
        }
    }
    for letter in team.site.letters_to("camille@clamart.test").await {
        assert!(!letter.text.contains("Samir"));
    }
    team.site.letters().await;
}
