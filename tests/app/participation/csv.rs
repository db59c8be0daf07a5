//! Reports from a file: all of them, or none.

use jiff::civil::date;

use super::Scene;
use crate::support::files::a_file;

#[tokio::test]
async fn the_template_filled_sends_every_month_that_was_awaited() {
    let scene = Scene::new().await;
    scene.on(date(2027, 3, 5));
    let mut helene = scene.visitor("helene@asso.test").await;
    let template = helene.get(&scene.page("/modele.csv")).await;
    assert!(template.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    let text = String::from_utf8(template.bytes).unwrap();
    assert_eq!(text.lines().count(), 4, "the titles and three months: {text}");
    let filled = text
        .replace("2026-12;;;;;;;;", "2026-12;900;3900;80;280;0;Matomo.;Aucun.;")
        .replace("2027-02;;;;;;;;", "févr-27;\"1 050\";4 300;90;320;2,5;Matomo.;« Plus rapide »;");
    let sent = helene.post_files(&scene.page("/import"), &[], &[a_file("rapports.csv", filled.as_bytes()).of("fichier")]).await;
    assert_eq!(sent.location(), scene.page(""), "{}", sent.text());
    let list = helene.get(&scene.page("")).await;
    assert!(list.says("2 rapports sont reçus.") && list.says("Rapport de janvier 2027 en retard"), "{}", list.text());
    assert!(helene.get(&scene.page("/2027-02")).await.says("depuis un fichier"));
}

#[tokio::test]
async fn a_mistake_anywhere_keeps_nothing_and_is_told_with_its_line() {
    let scene = Scene::new().await;
    scene.on(date(2027, 3, 5));
    let mut helene = scene.visitor("helene@asso.test").await;
    let import = scene.page("/import");
    let titles = String::from_utf8(helene.get(&scene.page("/modele.csv")).await.bytes).unwrap().lines().next().unwrap().to_owned();
    let wrong = format!("{titles}\n2026-12;900;3900;80;280;0;Matomo.;Aucun.;\n2027-01;5000;3900;80;280;;Matomo.;Aucun.;\n");
    let refused = helene.post_files(&import, &[], &[a_file("rapports.csv", wrong.as_bytes()).of("fichier")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Ligne 3 : « Connexions par FranceConnect » : 5 000 connexions"), "{}", refused.text());
    assert!(refused.says("Ligne 3 : « Croissance du trafic due à FranceConnect, en % »"), "{}", refused.text());
    let kept: i64 = sqlx::query_scalar("select count(*) from monthly_reports").fetch_one(&scene.site.state.db).await.unwrap();
    assert_eq!(kept, 0, "nothing of it is kept");
    let none = helene.post_files(&import, &[], &[]).await;
    assert!(none.status == 422 && none.says("Choisissez le fichier CSV"), "{}", none.text());
    let pdf = helene.post_files(&import, &[], &[a_file("rapports.csv", b"%PDF-1.7").of("fichier")]).await;
    assert!(pdf.status == 422 && pdf.says("n’est pas un fichier CSV"), "{}", pdf.text());
}
