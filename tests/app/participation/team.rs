//! What the team follows: who is late, the notice before a revocation, the day access opened.

use habilitation::worker::run_participations;
use jiff::civil::date;

use super::Scene;

#[tokio::test]
async fn a_notice_is_opened_from_the_list_once_every_reminder_has_left() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 24));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let early = nadia.get("/instruction/rapports").await;
    assert!(early.says("décembre 2026 (en retard de 14 jours)") && !early.says("Ouvrir une procédure"), "{}", early.text());
    let notice = format!("/instruction/rapports/{}/procedure", scene.right.0);
    assert_eq!(nadia.get(&notice).await.status, 409);
    scene.on(date(2027, 1, 25));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    assert!(nadia.get("/instruction/rapports").await.says("Ouvrir une procédure"));
    let form = nadia.get(&notice).await;
    assert!(form.says("le rapport de décembre 2026, attendu au plus tard le 10 janvier 2027"), "{}", form.text());
    let empty = nadia.post(&notice, &[("faits", " ")]).await;
    assert!(empty.status == 422 && empty.count("#erreurs li") == 1, "{}", empty.text());
    let opened = nadia.post(&notice, &[("faits", "Nous n’avons pas reçu le rapport de décembre.")]).await;
    assert_eq!(opened.location(), format!("/habilitations/{}/procedure", scene.right.0), "{}", opened.text());
    let letter = scene.site.letters_to("helene@asso.test").await.pop().unwrap();
    for said in ["Nous envisageons de révoquer", "L.\u{a0}242-2", "le rapport de décembre", "jusqu’au 9\u{a0}février\u{a0}2027"] {
        assert!(letter.text.contains(said), "{said}: {}", letter.text);
    }
    let list = nadia.get("/instruction/rapports").await;
    assert!(list.says("Procédure ouverte le 25 janvier 2027") && !list.says("Ouvrir une procédure"), "{}", list.text());
    assert_eq!(nadia.post(&notice, &[("faits", "Encore.")]).await.status, 409, "one at a time");
    let mut helene = scene.visitor("helene@asso.test").await;
    assert_eq!(helene.get("/instruction/rapports").await.status, 403);
    assert_eq!(helene.post(&notice, &[("faits", "x")]).await.status, 403);
}

#[tokio::test]
async fn the_team_says_that_access_opened_another_day_and_everything_follows() {
    let scene = Scene::new().await;
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let page = scene.page("/ouverture");
    let before = nadia.post(&page, &[("ouvert_le", "2026-12-02"), ("motif", "Avant la vérification.")]).await;
    assert!(before.status == 422 && before.says("l’accès n’a pas ouvert avant"), "{}", before.text());
    let unsaid = nadia.post(&page, &[("ouvert_le", "2027-01-15")]).await;
    assert!(unsaid.status == 422 && unsaid.count("#erreurs li") == 1, "{}", unsaid.text());
    assert_eq!(nadia.post(&page, &[("ouvert_le", "2027-01-15"), ("motif", "Le service a ouvert plus tard.")]).await.status, 303);
    let participation = scene.participation().await;
    assert_eq!((participation.began_on, participation.ends_on), (date(2027, 1, 15), date(2028, 1, 15)));
    scene.on(date(2027, 2, 3));
    scene.sends("2027-01", 4_000).await;
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let late = nadia.post(&page, &[("ouvert_le", "2027-02-01"), ("motif", "Erreur.")]).await;
    assert!(late.status == 422 && late.says("Le rapport de janvier 2027 est reçu"), "{}", late.text());
    let mut anybody = scene.visitor("helene@asso.test").await;
    assert_eq!(anybody.post(&page, &[("ouvert_le", "2027-02-01"), ("motif", "x")]).await.status, 403);
    run_participations(&scene.site.state).await.unwrap();
    assert_eq!(scene.site.letters_to("helene@asso.test").await.iter().filter(|letter| letter.subject.contains("rapport")).count(), 0);
}
