//! The report of a month: filled, kept, sent, corrected; by whom.

use jiff::civil::date;
use sqlx::Executor;

use super::{Scene, but, typed};
use crate::support::{
    files::{PDF, a_file},
    given, private,
};

#[tokio::test]
async fn a_report_is_filled_checked_sent_and_seen() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 4));
    let mut helene = scene.visitor("helene@asso.test").await;
    let list = helene.get("/demandes").await;
    assert!(list.says("Rapport de décembre 2026 à remettre au plus tard le 10 janvier 2027"), "{}", list.text());
    let months = helene.get(&scene.page("")).await;
    assert!(months.says("C’est dans 6 jours") && months.count("tbody tr") == 13, "{}", months.text());
    let december = scene.page("/2026-12");
    let wrong = helene.post(&december, &but("envoyer", &[("connexions_franceconnect", "5 000"), ("retours", "")])).await;
    assert!(wrong.status == 422 && wrong.count("#erreurs li") == 2, "{}", wrong.text());
    assert!(wrong.says("5 000 connexions par FranceConnect, c’est plus que les 4 300 en tout"), "{}", wrong.text());
    assert_eq!(wrong.attribute("#connexions_franceconnect", "value").as_deref(), Some("5 000"), "what was typed is given back");
    let again = helene.get(&december).await;
    assert_eq!(again.attribute("#methode", "rows").as_deref(), Some("3"));
    assert!(again.says("Comparaison avec l’an dernier.") && again.says("Enregistré à"), "a draft is never lost: {}", again.text());

    let seen = again.attribute("input[name=vu]", "value").unwrap();
    let sent = helene.post(&december, &but("envoyer", &[("vu", &*seen.leak())])).await;
    assert_eq!(sent.location(), scene.page(""), "{}", sent.text());
    let told = helene.get(&scene.page("")).await;
    assert!(told.says("Votre rapport est reçu") && told.says("1 050 sur 4 300") && told.says("24,4 %"), "{}", told.text());
    assert_eq!(told.count("svg.hab-chart"), 2);
    let read = helene.get(&december).await;
    assert!(read.says("24,4 % des connexions.") && read.says("4 300 connexions, contre 4 200"), "{}", read.text());
    let twice = helene.post(&december, &typed("envoyer")).await;
    assert!(twice.status == 409 && twice.says("vient d’être envoyé"), "the same month twice: {}", twice.text());
    assert!(!helene.get("/demandes").await.says("Rapport de décembre"));
    assert!(helene.get("/rapports").await.says("Le rapport de janvier 2027 se remet du 1er février 2027 au 10 février 2027"));
}

#[tokio::test]
async fn what_looks_odd_is_confirmed_before_it_leaves() {
    let scene = Scene::new().await;
    scene.on(date(2027, 3, 2));
    scene.sends("2027-01", 4_000).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    let february = scene.page("/2027-02");
    let odd = [("connexions_total", "9 000"), ("retours", "Jean Dupont, né le 12/03/1987, est content.")];
    let doubted = helene.post(&february, &but("envoyer", &odd)).await;
    assert_eq!(doubted.status, 422);
    assert!(doubted.says("plus du double de ce qui était compté en janvier 2027 (4 000, soit +125,0 %)"), "{}", doubted.text());
    assert!(doubted.says("Ce texte semble contenir une date de naissance"), "{}", doubted.text());
    let confirmation = doubted.attribute("#confirmation", "value").unwrap();
    assert_eq!(confirmation, "connexions_total retours");
    let other = but("envoyer", &[odd[0], odd[1], ("confirmation", "connexions_total"), ("vu", "1")]);
    assert_eq!(helene.post(&february, &other).await.status, 422, "another doubt needs another confirmation");
    let confirmed = but("envoyer", &[odd[0], odd[1], ("confirmation", "connexions_total retours"), ("vu", "2")]);
    assert_eq!(helene.post(&february, &confirmed).await.status, 303);
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let read = nadia.get(&february).await;
    assert!(read.says("Confirmé à l’envoi") && read.says("plus du double"), "{}", read.text());
}

#[tokio::test]
async fn a_correction_says_why_and_what_it_replaces_stays() {
    let scene = Scene::new().await;
    scene.on(date(2027, 2, 3));
    scene.sends("2027-01", 4_000).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    let january = scene.page("/2027-01");
    let correction = scene.page("/2027-01/correction");
    let form = helene.get(&correction).await;
    assert_eq!(form.attribute("#connexions_total", "value").unwrap().replace('\u{a0}', " "), "4 000", "what was sent is filled in");
    let without = helene.post(&correction, &but("envoyer", &[("numero", "2")])).await;
    assert!(without.status == 422 && without.count("#erreurs li") == 1, "{}", without.text());
    let corrected = but("envoyer", &[("numero", "2"), ("vu", "1"), ("motif", "Un jour manquait.")]);
    assert_eq!(helene.post(&correction, &corrected).await.status, 303);
    let overtaken = but("envoyer", &[("numero", "2"), ("motif", "Deux jours manquaient.")]);
    let late = helene.post(&correction, &overtaken).await;
    assert!(late.status == 409 && late.says("a corrigé ce rapport"), "{}", late.text());
    assert_eq!(late.attribute("#motif", "value").as_deref(), Some("Deux jours manquaient."));
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let read = nadia.get(&january).await;
    for said in ["Motif : Un jour manquait.", "4 300 en tout", "Ce qu’il disait avant", "4 000 en tout"] {
        assert!(read.says(said), "{said}: {}", read.text());
    }
    assert!(nadia.get(&scene.page("")).await.says("Corrigé"));
}

#[tokio::test]
async fn a_colleague_who_saved_meanwhile_is_not_written_over() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 4));
    given::a_person(&scene.site, "karim@asso.test").await;
    verified(&scene, "karim@asso.test").await;
    let (mut helene, mut karim) = (scene.visitor("helene@asso.test").await, scene.visitor("karim@asso.test").await);
    let december = scene.page("/2026-12");
    assert_eq!(karim.post(&december, &but("enregistrer", &[("methode", "De Karim.")])).await.status, 303);
    let overtaken = helene.post(&december, &but("enregistrer", &[("methode", "De Hélène.")])).await;
    assert_eq!(overtaken.status, 409);
    assert!(overtaken.says("Karim Rousseau a enregistré ce rapport") && overtaken.says("De Hélène."), "{}", overtaken.text());
    let seen = overtaken.attribute("input[name=vu]", "value").unwrap();
    let replaced = but("enregistrer", &[("methode", "De Hélène."), ("vu", &*seen.leak())]);
    assert_eq!(helene.post(&december, &replaced).await.status, 303);
    assert!(karim.get(&december).await.says("De Hélène."));
}

/// Makes somebody a verified member of the association.
pub(super) async fn verified(scene: &Scene, email: &str) {
    let sql = format!(
        "insert into memberships (account_id, organisation_id, joined_at, verified_at, verified_by, verified_because)
        select accounts.id, organisation_id, now(), now(), (select id from accounts where email = 'nadia@dinum.test'), 'Appel.' from accounts, applications where email = '{email}' and applications.id = {}",
        scene.id.0
    );
    scene.site.state.db.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

#[tokio::test]
async fn a_participant_sees_its_own_reports_and_nobody_else_s() {
    let scene = Scene::new().await;
    scene.on(date(2027, 2, 3));
    scene.sends("2027-01", 4_000).await;
    given::a_person(&scene.site, "malo@rhone.test").await;
    given::a_person(&scene.site, "karim@asso.test").await;
    let (mut malo, mut karim) = (scene.visitor("malo@rhone.test").await, scene.visitor("karim@asso.test").await);
    for below in ["", "/2027-01", "/2027-01/correction", "/modele.csv", "/import"] {
        assert_eq!(malo.get(&scene.page(below)).await.status, 404, "{below}");
        assert_eq!(karim.get(&scene.page(below)).await.status, 404, "{below}");
    }
    assert_eq!(malo.post(&scene.page("/2026-12"), &typed("envoyer")).await.status, 404);
    assert!(malo.get("/rapports").await.says("Aucun rapport à remettre"));
    verified(&scene, "karim@asso.test").await;
    assert!(karim.get(&scene.page("/2027-01")).await.says("4 000 en tout"));
    assert_eq!(karim.post(&scene.page("/2026-12"), &typed("envoyer")).await.status, 303, "a verified member sends as the holder does");
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    assert!(nadia.get(&scene.page("/2026-12")).await.says("Karim Rousseau"));
    assert_eq!(nadia.post(&scene.page("/2027-01/correction"), &typed("envoyer")).await.status, 404, "the team reads and sends nothing");
    assert_eq!(nadia.get(&scene.page("/import")).await.status, 404);
}

#[tokio::test]
async fn a_month_that_is_not_over_or_not_of_the_participation_is_not_reported_on() {
    let scene = Scene::new().await;
    scene.on(date(2026, 12, 31));
    let mut helene = scene.visitor("helene@asso.test").await;
    let early = helene.post(&scene.page("/2026-12"), &typed("envoyer")).await;
    assert!(early.status == 409 && early.says("se remet à partir du 1er janvier 2027"), "{}", early.text());
    assert!(helene.get(&scene.page("/2026-12")).await.says("quand le mois sera terminé"));
    for below in ["/2026-11", "/2028-01", "/2026-13", "/demain"] {
        assert_eq!(helene.get(&scene.page(below)).await.status, 404, "{below}");
        assert_eq!(helene.post(&scene.page(below), &typed("envoyer")).await.status, 404, "{below}");
    }
}

#[tokio::test]
async fn a_file_waits_with_the_draft_and_leaves_with_the_report() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 4));
    let (mut helene, mut nadia) = (scene.visitor("helene@asso.test").await, scene.visitor("nadia@dinum.test").await);
    let december = scene.page("/2026-12");
    let survey = [a_file("enquete.pdf", PDF).of("pieces")];
    let wrong = helene.post_files(&december, &but("envoyer", &[("retours", "")]), &survey).await;
    assert!(wrong.status == 422 && wrong.says("enquete.pdf"), "the file is not to be chosen again: {}", wrong.text());
    let link = wrong.attribute(".hab-files a", "href").unwrap();
    assert_eq!(helene.get(&link).await.bytes, PDF);
    assert_eq!(nadia.get(&link).await.status, 404, "the team reads what was sent");
    assert_eq!(helene.post(&december, &but("envoyer", &[("vu", "1")])).await.status, 303);
    assert_eq!(nadia.get(&link).await.bytes, PDF);
    assert!(nadia.get(&december).await.says("enquete.pdf"));
}

#[tokio::test]
async fn a_candidate_has_no_month_before_access_opens() {
    let scene = Scene::new().await;
    let mut owner = scene.site.database.owner().await;
    owner.execute("alter table journey_checks disable trigger all; update journey_checks set favourable = false, reasons = 'À corriger.', points = '[{\"result\": \"not_met\"}]'").await.unwrap();
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get(&scene.page("")).await.says("La participation n’a pas commencé"));
    assert_eq!(helene.get(&scene.page("/2026-12")).await.status, 404);
    assert!(helene.get("/demandes").await.says("Espace des adhérents") && !helene.get("/demandes").await.says("Rapport"));
}

#[tokio::test]
async fn the_menu_leads_to_the_reports_whoever_has_some_and_nobody_else() {
    const IN_THE_MENU: &str = "nav.fr-nav a[href='/rapports']";
    let scene = Scene::granted(private::campaign()).await;
    given::a_person(&scene.site, "malo@rhone.test").await;
    given::a_person(&scene.site, "lise@asso.test").await;
    verified(&scene, "lise@asso.test").await;
    let (mut helene, mut lise) = (scene.visitor("helene@asso.test").await, scene.visitor("lise@asso.test").await);
    assert_eq!(helene.get("/demandes").await.count(IN_THE_MENU), 0, "access is not open");
    scene.opens().await;
    for visitor in [&mut helene, &mut lise] {
        assert_eq!(visitor.get("/").await.count(IN_THE_MENU), 1);
        for address in ["/rapports".to_owned(), scene.page("")] {
            let page = visitor.get(&address).await;
            assert_eq!(page.attribute("nav.fr-nav a[aria-current]", "href").as_deref(), Some("/rapports"), "{address}");
        }
    }
    for email in ["malo@rhone.test", "nadia@dinum.test"] {
        assert_eq!(scene.visitor(email).await.get("/").await.count(IN_THE_MENU), 0, "{email}");
    }
}
