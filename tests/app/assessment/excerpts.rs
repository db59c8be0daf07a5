//! What users say, quoted: exactly, without a name, with a trace.

use habilitation::assessment::{Reader, Tag};
use jiff::civil::date;
use sqlx::Executor;

use super::{Scene, WORKSHOP};

const WORDS: &str = "« C’est plus rapide, et je n’ai rien à retenir. »\nL’Espace des adhérents plaît.";

fn choosing<'a>(passage: &'a str, tags: &[&'a str], is_checked: bool) -> Vec<(&'a str, &'a str)> {
    let tags = tags.iter().map(|tag| ("sujets", *tag));
    [("passage", passage)].into_iter().chain(tags).chain(is_checked.then_some(("relu", "oui"))).collect()
}

#[tokio::test]
async fn a_passage_is_chosen_word_for_word_and_names_nobody() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 8));
    scene.sends(0, "2026-12", (100, 1_000), WORDS).await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let list = yasmine.get(&format!("{WORKSHOP}/retours")).await;
    assert!(list.says("Rapports de décembre 2026") && list.says("je n’ai rien à retenir"), "{}", list.text());
    let page = list.attribute(".hab-thread a", "href").unwrap();
    let form = yasmine.get(&page).await;
    assert!(form.says("Ce passage sera lu par tout le monde") && form.count("input[name=sujets]") == Tag::ALL.len(), "{}", form.text());
    for (typed, said) in [
        (choosing("C'est plus rapide", &["speed"], true), "ne se trouve pas tel quel dans le rapport"),
        (choosing("L’Espace des adhérents plaît.", &["simplicity"], true), "nomme le participant ou son service"),
        (choosing("C’est plus rapide", &[], true), "Cochez au moins un sujet"),
        (choosing("C’est plus rapide", &["inconnu"], true), "Cochez au moins un sujet"),
        (choosing("C’est plus rapide", &["speed"], false), "Relisez le passage, puis cochez cette case"),
    ] {
        let wrong = yasmine.post(&page, &typed).await;
        assert!(wrong.status == 422 && wrong.says(said) && wrong.count("#erreurs li") == 1, "{said}: {}", wrong.text());
    }
    let chosen = yasmine.post(&page, &choosing("C’est plus rapide", &["trust", "speed"], true)).await;
    assert_eq!(chosen.location(), format!("{WORKSHOP}#extraits"), "{}", chosen.text());
    let twice = yasmine.post(&page, &choosing("C’est plus rapide", &["speed"], true)).await;
    assert!(twice.status == 422 && twice.says("Ce passage est déjà choisi"), "{}", twice.text());
    let draft = yasmine.get(WORKSHOP).await;
    assert!(
        draft.says("Rapidité, Confiance") && draft.says("Les Ateliers du Savoir"),
        "those who prepare it see whose it is: {}",
        draft.text()
    );
    let content = scene.assessed(Reader::Public).await;
    assert_eq!(content.quotes.len(), 1);
    assert!(!serde_json::to_string(&content).unwrap().contains("Ateliers"), "nobody is named to the public");
    assert_eq!(scene.remembered().await, [("Yasmine Rousseau".to_owned(), "excerpt_chosen".to_owned())]);
}

#[tokio::test]
async fn a_passage_that_looks_like_somebody_s_data_is_pointed_at() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 8));
    scene.sends(0, "2026-12", (100, 1_000), "Jean, né le 12/03/1987, est content.").await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let form = yasmine.get(&format!("{WORKSHOP}/retours/{}/2026-12", scene.participants[0])).await;
    assert!(form.says("Ce texte semble contenir une date de naissance"), "{}", form.text());
}

#[tokio::test]
async fn a_passage_that_a_correction_took_out_is_not_published() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 8));
    scene.sends(0, "2026-12", (100, 1_000), WORDS).await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let page = format!("{WORKSHOP}/retours/{}/2026-12", scene.participants[0]);
    assert_eq!(yasmine.post(&page, &choosing("plus rapide", &["speed"], true)).await.status, 303);
    scene.sends(0, "2026-12", (100, 1_000), "Rien à dire.").await;
    assert!(scene.assessed(Reader::Public).await.quotes.is_empty());
    assert!(yasmine.get(WORKSHOP).await.says("qui ne dit plus cela : cet extrait ne sera pas publié"));
    let gone = yasmine.post(&page, &choosing("plus rapide", &["speed"], true)).await;
    assert!(gone.says("ne se trouve pas tel quel"), "the last version is the one that is quoted: {}", gone.text());
}

#[tokio::test]
async fn a_passage_is_taken_out_with_a_trace_and_may_be_chosen_again() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 8));
    scene.sends(0, "2026-12", (100, 1_000), WORDS).await;
    let mut yasmine = scene.visitor("yasmine@equipe.test").await;
    let page = format!("{WORKSHOP}/retours/{}/2026-12", scene.participants[0]);
    assert_eq!(yasmine.post(&page, &choosing("plus rapide", &["speed"], true)).await.status, 303);
    let removal = format!("{WORKSHOP}/extraits/1/retrait");
    assert_eq!(yasmine.post(&removal, &[]).await.location(), format!("{WORKSHOP}#extraits"));
    assert!(yasmine.get(WORKSHOP).await.says("L’extrait est retiré du bilan en préparation"));
    assert_eq!(yasmine.post(&removal, &[]).await.status, 303);
    assert!(yasmine.get(WORKSHOP).await.says("rien n’a changé"));
    assert_eq!(yasmine.post(&page, &choosing("plus rapide", &["speed"], true)).await.status, 303, "again");
    let (removed, by): (i64, String) = sqlx::query_as("select id, removed_by_name from assessment_excerpts where removed_at is not null")
        .fetch_one(&scene.site.state.db)
        .await
        .unwrap();
    assert_eq!((removed, by.as_str()), (1, "Yasmine Rousseau"));
    let events: Vec<String> = scene.remembered().await.into_iter().map(|(_, event)| event).collect();
    assert_eq!(events, ["excerpt_chosen", "excerpt_removed", "excerpt_chosen"]);
}

#[tokio::test]
async fn the_database_refuses_what_no_report_says_and_rewrites_nothing() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 8));
    scene.sends(0, "2026-12", (100, 1_000), WORDS).await;
    let insert = |words: &str, campaign: i64| {
        format!(
            "insert into assessment_excerpts (campaign_id, application_id, month, number, words, tags, chosen_by, author_name, chosen_at)
            values ({campaign}, {}, '2026-12-01', 1, '{words}', '{{speed}}', (select id from accounts limit 1), 'Yasmine', now())",
            scene.participants[0].0
        )
    };
    let mut owner = scene.site.database.owner().await;
    for (sql, constraint) in [
        (insert("plus lent", 1), "assessment_excerpts_are_exact"),
        (insert("plus rapide", 1).replace("{speed}", "{autre}"), "assessment_excerpts_tags_are_known"),
        (insert("plus rapide", 1).replace("{speed}", "{}"), "assessment_excerpts_tags_are_known"),
    ] {
        let refused = owner.execute(sqlx::AssertSqlSafe(sql)).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(constraint));
    }
    owner.execute(sqlx::AssertSqlSafe(insert("plus rapide", 1))).await.unwrap();
    for sql in ["update assessment_excerpts set words = 'plus'", "delete from assessment_excerpts"] {
        assert!(owner.execute(sql).await.is_err(), "{sql}");
    }
}
