//! Going to production: the holder asks, the team checks point by point, both sides are told.

use habilitation::authorizations::go_live::CHECKLIST;
use sqlx::Executor;

use super::a_site_with_a_right;
use crate::support::{
    TestSite, Visitor,
    files::{PDF, PNG, a_file},
    given,
};

async fn nadia(site: &TestSite) -> Visitor {
    let mut nadia = site.visitor();
    nadia.sign_in("nadia@dinum.test").await;
    nadia
}

const ASKED: [(&str, &str); 5] = [
    ("url", "https://essai.clamart.fr/familles"),
    ("contact_name", "Alex Morel"),
    ("contact_email", "alex@editeur.test"),
    ("wished_on", "2027-01-15"),
    ("note", "Compte d’essai : famille."),
];

/// Every point answered so, but one.
fn found(result: &'static str, but: Option<(&'static str, &'static str)>) -> Vec<(String, String)> {
    let of = |key: &str| but.filter(|(other, _)| *other == key).map_or(result, |(_, result)| result);
    CHECKLIST.iter().map(|item| (format!("point-{}", item.key), of(item.key).to_owned())).collect()
}

async fn answers(visitor: &mut Visitor, points: &[(String, String)], reasons: &str) -> crate::support::Answer {
    let mut typed: Vec<(&str, &str)> = points.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    typed.push(("remark-visible", "Il est en bas de page."));
    typed.push(("reasons", reasons));
    visitor.post("/habilitations/1/mise-en-production/verification", &typed).await
}

#[tokio::test]
async fn a_holder_asks_corrects_and_opens() {
    let (site, _, mut camille) = a_site_with_a_right().await;
    let mut nadia = nadia(&site).await;
    let page = "/habilitations/1/mise-en-production";
    let form = camille.get(page).await;
    assert_eq!(form.attribute("#url", "value").as_deref(), Some("https://www.clamart.fr/familles"), "what is known is filled in");
    let wrong = camille.post(page, &[("url", "nulle part"), ("wished_on", "2020-01-01")]).await;
    assert!(wrong.status == 422 && wrong.count("#erreurs li") == 4, "{}", wrong.text());
    assert_eq!(camille.post(page, &ASKED).await.status, 303);
    assert_eq!(camille.post(page, &ASKED).await.status, 409, "one at a time");
    let told = site.letters_to("nadia@dinum.test").await.pop().unwrap();
    assert!(told.text.contains("demande la mise en production") && told.text.contains("15\u{a0}janvier\u{a0}2027"), "{}", told.text);
    assert!(nadia.get("/habilitations/mises-en-production").await.says("Portail familles"));

    let some = answers(&mut nadia, &found("met", None)[3..], "").await;
    assert!(
        some.status == 422 && some.says("3 points n’ont pas de réponse") && some.count("input[checked]") == CHECKLIST.len() - 3,
        "{}",
        some.text()
    );
    let unsaid = answers(&mut nadia, &found("met", Some(("visible", "not_met"))), "").await;
    assert!(unsaid.status == 422 && unsaid.says("Dites ce qui est à corriger"), "{}", unsaid.text());
    let corrected = answers(&mut nadia, &found("met", Some(("visible", "not_met"))), "Remontez le bouton.").await;
    assert_eq!(corrected.status, 303, "{}", corrected.text());
    for address in ["camille@clamart.test", "alex@editeur.test"] {
        let letter = site.letters_to(address).await.pop().unwrap();
        for said in ["il est à corriger avant l’ouverture", "Il est en bas de page.", "Remontez le bouton.", "Nadia Rousseau"] {
            assert!(letter.text.contains(said), "{said}: {}", letter.text);
        }
    }
    assert!(nadia.get("/habilitations/mises-en-production").await.says("Aucun parcours à vérifier"));

    let again = camille.get(page).await;
    assert!(again.says("Parcours à corriger") && again.count("textarea#note") == 1, "{}", again.text());
    assert_eq!(camille.post(page, &ASKED).await.status, 303);
    assert_eq!(answers(&mut nadia, &found("met", Some(("signs_out", "not_applicable"))), "").await.status, 303);
    let open = camille.get(page).await;
    assert!(
        open.says("Parcours conforme : le service peut ouvrir") && open.says("Parcours à corriger"),
        "the history is kept: {}",
        open.text()
    );
    let twice = answers(&mut nadia, &found("met", None), "").await;
    assert!(twice.status == 409 && twice.says("a déjà répondu"), "{}", twice.text());
    site.letters().await;
}

#[tokio::test]
async fn screens_of_the_journey_leave_with_the_request_and_are_read_by_both_sides() {
    let (site, _, mut camille) = a_site_with_a_right().await;
    let page = "/habilitations/1/mise-en-production";
    let screens =
        [a_file("bouton.png", PNG).of("screens"), a_file("encore.png", PNG).of("screens"), a_file("retour.pdf", PDF).of("screens")];
    let wrong = camille.post_files(page, &ASKED[1..], &screens).await;
    assert!(wrong.status == 422 && wrong.says("Aucun fichier n’est parti : choisissez-les de nouveau"), "{}", wrong.text());
    assert_eq!(wrong.attribute("#contact_name", "value").as_deref(), Some("Alex Morel"), "what was typed is given back");
    let refused = camille.post_files(page, &ASKED, &[a_file("virus.exe", b"MZ").of("screens")]).await;
    assert!(refused.status == 422 && refused.says("« virus.exe »"), "{}", refused.text());
    let seven: Vec<_> = (0..7).map(|number| a_file(&format!("{number}.png"), PNG).of("screens")).collect();
    let many = camille.post_files(page, &ASKED, &seven).await;
    assert!(many.status == 422 && many.says("une demande en emporte 6 au plus"), "{}", many.text());
    assert_eq!(camille.post_files(page, &ASKED, &screens).await.status, 303);
    let mut nadia = nadia(&site).await;
    for reader in [&mut camille, &mut nadia] {
        let shown = reader.get(page).await;
        assert_eq!(shown.count(".hab-files a"), 2, "the same file chosen twice is sent once: {}", shown.text());
        let link = shown.attribute(".hab-files a", "href").unwrap();
        assert_eq!(reader.get(&link).await.bytes, PNG);
    }
    let missing = camille.get(&format!("{page}/fichiers/00000000-0000-4000-8000-000000000000")).await;
    assert_eq!(missing.status, 404);
    site.letters().await;
}

#[tokio::test]
async fn a_right_that_is_not_in_force_does_not_go_to_production() {
    let (site, _, mut camille) = a_site_with_a_right().await;
    site.state.db.execute("update authorizations set state = 'revoked', state_changed_at = now()").await.unwrap();
    let refused = camille.post("/habilitations/1/mise-en-production", &ASKED).await;
    assert!(refused.status == 409 && refused.says("le service ne peut pas ouvrir"), "{}", refused.text());
    assert_eq!(camille.get("/habilitations/1/mise-en-production").await.count("form textarea"), 0);
}

#[tokio::test]
async fn a_colleague_who_is_not_of_the_holder_asks_nothing() {
    let (site, _, _) = a_site_with_a_right().await;
    given::a_person(&site, "malo@rhone.test").await;
    let mut malo = site.visitor();
    malo.sign_in("malo@rhone.test").await;
    assert_eq!(malo.post("/habilitations/1/mise-en-production", &ASKED).await.status, 404);
    let mut nadia = nadia(&site).await;
    assert_eq!(nadia.post("/habilitations/1/mise-en-production", &ASKED).await.status, 404, "the team does not ask for itself");
}
