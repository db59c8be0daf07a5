//! The words around the figures, the preview, what is published and what becomes of it.

use std::io::{Cursor, Read};

use habilitation::assessment::{Reader, Saved, Texts, save_draft};
use jiff::civil::date;
use sqlx::Executor;
use zip::ZipArchive;

use super::{Scene, WORKSHOP, publish};
use crate::support::{Visitor, campaigns::FIRST, files::words, given};

const PAGE: &str = "/experimentation/bilan";

/// The text of the one sheet of a workbook.
fn sheet(bytes: Vec<u8>) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

async fn reported(scene: &Scene) {
    scene.on(date(2027, 1, 8));
    for place in 0..3 {
        scene.sends(place, "2026-12", (271, 1_000), "« =Plus rapide. »").await;
    }
}

async fn files(visitor: &mut Visitor, query: &str) -> (String, String, String) {
    let csv = visitor.get(&format!("{PAGE}.csv{query}")).await;
    let (workbook, pdf) = (visitor.get(&format!("{PAGE}.xlsx{query}")).await, visitor.get(&format!("{PAGE}.pdf{query}")).await);
    (String::from_utf8(csv.bytes).unwrap(), sheet(workbook.bytes), words(&pdf.bytes))
}

#[tokio::test]
async fn before_anything_is_published_everybody_is_told_when_the_experiment_ends() {
    let scene = Scene::empty().await;
    let mut anybody = scene.site.visitor();
    let page = anybody.get(PAGE).await;
    assert!(page.status == 200 && page.says("Le bilan n’est pas encore publié"), "{}", page.text());
    assert!(page.says("prend fin le 31 décembre 2027"), "{}", page.text());
    for kind in ["csv", "xlsx", "pdf"] {
        assert_eq!(anybody.get(&format!("{PAGE}.{kind}")).await.status, 404, "{kind}");
    }
    for query in ["?edition=1", "?campagne=2", "?campagne=x", "?edition=x"] {
        assert_eq!(anybody.get(&format!("{PAGE}{query}")).await.status, 404, "{query}");
    }
    assert!(!anybody.get("/experimentation").await.says("Lire le bilan"));
}

#[tokio::test]
async fn what_is_published_says_the_same_on_the_page_in_the_files_and_on_paper_for_ever() {
    let scene = Scene::new().await;
    reported(&scene).await;
    scene.writes().await;
    scene.publishes("").await;
    let mut anybody = scene.site.visitor();
    let page = anybody.get(PAGE).await;
    for said in ["Édition 1, publiée le 8 janvier 2027", "Une année d’essais.", "27,1 %", "À poursuivre.", "Aucun extrait"] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    assert_eq!(page.count("svg.hab-chart"), 1);
    assert!(anybody.get("/experimentation").await.says("Lire le bilan"));
    let (csv, workbook, paper) = files(&mut anybody, "").await;
    assert!(csv.contains("connections;Part de FranceConnect dans les connexions;;;Part dans les connexions;27,1;%;"), "{csv}");
    assert!(workbook.contains("<v>27.1</v>") && paper.contains("27,1 %"), "{paper}");
    assert!(paper.contains("Une année d’essais.") && paper.contains("Définition."), "{paper}");

    scene.sends(0, "2026-12", (999, 1_000), "« Plus lent. »").await;
    assert_eq!(files(&mut anybody, "").await, (csv, workbook, paper), "a correction changes nothing that was published");
    assert_eq!(anybody.get(PAGE).await.text(), page.text());
    assert_ne!(scene.assessed(Reader::Public).await.figures[1].headlines[0].value.to_string(), "27,1\u{a0}%");
    assert_eq!(scene.remembered().await, [("Yasmine Rousseau".to_owned(), "assessment_published".to_owned())]);
    let mut owner = scene.site.database.owner().await;
    for sql in ["update assessment_editions set reason = 'x'", "delete from assessment_editions"] {
        assert!(owner.execute(sql).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_second_edition_says_why_and_the_first_stays_readable() {
    let scene = Scene::new().await;
    reported(&scene).await;
    scene.writes().await;
    scene.publishes("").await;
    scene.sends(0, "2026-12", (999, 1_000), "« Plus lent. »").await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let unsaid = publish(&mut yasmine, " ").await;
    assert!(unsaid.status == 422 && unsaid.count("#erreurs li") == 1, "{}", unsaid.text());
    scene.publishes("Un participant a corrigé décembre.").await;
    let mut anybody = scene.site.visitor();
    let last = anybody.get(PAGE).await;
    assert!(last.says("Édition 2") && last.says("Un participant a corrigé décembre.") && last.says("51,4 %"), "{}", last.text());
    let first = anybody.get(&format!("{PAGE}?campagne=1&edition=1")).await;
    assert!(first.says("27,1 %") && first.says("Vous lisez l’édition 1, qui n’est plus la dernière"), "{}", first.text());
    let (csv, _, paper) = files(&mut anybody, "?campagne=1&edition=1").await;
    assert!(csv.contains(";27,1;%;") && paper.contains("édition 1"), "{paper}");
}

#[tokio::test]
async fn what_changed_since_the_preview_is_read_again_before_it_is_published() {
    let scene = Scene::new().await;
    reported(&scene).await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let unwritten = yasmine.get(&format!("{WORKSHOP}/apercu")).await;
    assert!(
        unwritten.says("L’introduction et la conclusion sont nécessaires") && unwritten.count("input[name=empreinte]") == 0,
        "{}",
        unwritten.text()
    );
    let forced = yasmine.post(&format!("{WORKSHOP}/publication"), &[("numero", "1"), ("empreinte", "x")]).await;
    assert!(forced.status == 409 && forced.says("L’introduction ou la conclusion est vide"), "{}", forced.text());
    scene.writes().await;
    let preview = yasmine.get(&format!("{WORKSHOP}/apercu")).await;
    assert!(preview.says("Vous lisez exactement ce que tout le monde lirait") && preview.says("27,1 %"), "{}", preview.text());
    let read = preview.attribute("input[name=empreinte]", "value").unwrap();
    scene.sends(0, "2026-12", (999, 1_000), "« Plus lent. »").await;
    let publication = format!("{WORKSHOP}/publication");
    let overtaken = yasmine.post(&publication, &[("numero", "1"), ("empreinte", &read)]).await;
    assert!(overtaken.status == 409 && overtaken.says("a changé depuis que vous avez ouvert cet aperçu"), "{}", overtaken.text());
    assert!(overtaken.says("51,4 %") && scene.remembered().await.is_empty(), "{}", overtaken.text());
    let read = overtaken.attribute("input[name=empreinte]", "value").unwrap();
    let pressed = [("numero", "1"), ("empreinte", read.as_str())];
    let (mut tab, mut other) = (yasmine.another_tab(), yasmine.another_tab());
    let (one, two) = tokio::join!(tab.post(&publication, &pressed), other.post(&publication, &pressed));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "pressing twice publishes once");
    assert_eq!(scene.remembered().await.len(), 1);
}

#[tokio::test]
async fn two_people_do_not_write_over_one_another_and_nothing_is_lost() {
    let scene = Scene::empty().await;
    given::somebody_with_roles(&scene.site, "marc@equipe.test", &[habilitation::accounts::Role::Admin]).await;
    let (mut yasmine, mut marc) = (scene.visitor("yasmine@equipe.test").await, scene.visitor("marc@equipe.test").await);
    assert_eq!(yasmine.post(WORKSHOP, &[("introduction", "De Yasmine."), ("conclusion", ""), ("vu", "0")]).await.status, 303);
    let overtaken = marc.post(WORKSHOP, &[("introduction", "De Marc."), ("conclusion", "Fin."), ("vu", "0")]).await;
    assert!(overtaken.status == 409 && overtaken.says("Yasmine Rousseau a enregistré ces textes"), "{}", overtaken.text());
    assert!(overtaken.says("De Marc.") && overtaken.says("De Yasmine."), "both are read: {}", overtaken.text());
    let seen = overtaken.attribute("input[name=vu]", "value").unwrap();
    assert_eq!(marc.post(WORKSHOP, &[("introduction", "De Marc."), ("conclusion", "Fin."), ("vu", &seen)]).await.status, 303);
    let page = yasmine.get(WORKSHOP).await;
    assert!(page.says("De Marc.") && page.says("De Yasmine."), "what was replaced stays readable: {}", page.text());
    let long = "a".repeat(5_001);
    let wrong = yasmine.post(WORKSHOP, &[("introduction", &long), ("conclusion", "Fin."), ("vu", "2")]).await;
    assert!(wrong.status == 422 && wrong.says("trop long") && wrong.html.contains(&long), "what was typed is given back");

    let texts = Texts { introduction: "De Marc.".into(), conclusion: "Fin.".into() };
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    let now = scene.site.state.clock.now();
    let same = save_draft(&mut transaction, &scene.yasmine, (FIRST, 2), &texts, now).await.unwrap();
    assert_eq!(same, Saved::Kept(2), "saving the same again adds nothing");
}

#[tokio::test]
async fn only_those_who_answer_for_campaigns_prepare_an_assessment() {
    let scene = Scene::new().await;
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    for below in ["", "/apercu", "/retours"] {
        assert_eq!(nadia.get(&format!("{WORKSHOP}{below}")).await.status, 403, "{below}");
    }
    assert_eq!(nadia.post(WORKSHOP, &[("introduction", "x")]).await.status, 403);
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    assert!(yasmine.get("/administration/campagnes/1").await.says("Préparer le bilan"));
    assert_eq!(yasmine.get("/administration/campagnes/9/bilan").await.status, 404);
    assert_eq!(yasmine.get(&format!("{WORKSHOP}/retours/D1/2026-12")).await.status, 404, "that report was not sent");
}
