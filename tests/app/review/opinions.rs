//! Opinions: asked, given once by two people who have not read each other, given again on a new version.

use std::sync::Arc;

use axum::http::StatusCode;
use habilitation::{
    accounts::{Reviewer, Role, Staff},
    problem::Problem,
    review::{
        approve,
        opinions::{self, Given, Missing, Service, View, ask, find_asked, find_given, give, missing},
    },
};
use sqlx::{AssertSqlSafe, Executor};

use super::{
    SERVICE, last_letter_to,
    team::{Scene, as_staff},
};
use crate::support::given;

const BOTH: [Service; 2] = [Service::Legal, Service::FranceConnect];

fn sentence(refused: Result<(), Problem>) -> String {
    match refused {
        Err(Problem::NotPossible { sentence, .. }) => sentence,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn those_who_may_answer_are_told_and_nobody_else() {
    let scene = Scene::new().await;
    scene.asks(&BOTH, "Le nom d’usage est-il nécessaire ?").await.unwrap();
    let letters = scene.site.letters().await;
    let told: Vec<_> = letters.iter().filter(|letter| letter.starts_with("opinion_asked")).collect();
    assert_eq!(told, ["opinion_asked to hugo@dinum.test", "opinion_asked to samir@dinum.test"], "not whoever asks");
    let letter = last_letter_to(&scene.site, "hugo@dinum.test").await;
    assert!(letter.contains("/instruction/1/avis/juridique") && !letter.contains("nom d’usage"), "{letter}");
    let again = sentence(scene.asks(&[Service::Legal], "").await);
    assert!(again.contains("Nadia Rousseau a déjà demandé l’avis du service juridique de la DINUM le 3"), "{again}");
}

#[tokio::test]
async fn a_jurist_gives_an_opinion_from_their_list() {
    let scene = Scene::new().await;
    scene.asks(&[Service::Legal], "Le nom d’usage est-il nécessaire ?").await.unwrap();
    let mut hugo = scene.browser("hugo@dinum.test").await;
    let list = hugo.get("/instruction/avis").await;
    let form = list.attribute("table a.fr-btn", "href").unwrap();
    let page = hugo.get(&form).await;
    assert!(page.says("Le nom d’usage est-il nécessaire ?"), "{}", page.text());
    let empty = hugo.post(&form, &[("version", "1")]).await;
    assert_eq!((empty.status, empty.count("#erreurs li")), (StatusCode::UNPROCESSABLE_ENTITY, 2));
    let done = hugo.post(&form, &[("version", "1"), ("view", "reserved"), ("reasons", "À limiter au titre.")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let dossier = hugo.get("/instruction/1").await;
    assert!(dossier.says("Réservé") && dossier.says("À limiter au titre.") && dossier.says("a rendu l’avis du service juridique"));
    assert!(hugo.get("/instruction/avis").await.says("Aucun avis ne vous est demandé"));
    let letter = last_letter_to(&scene.site, "nadia@dinum.test").await;
    assert!(letter.contains("Tous les avis demandés sont rendus") && !letter.contains("À limiter"), "{letter}");
    let late = hugo.post(&form, &[("version", "1"), ("view", "favourable"), ("reasons", "Encore moi.")]).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("Vous avez déjà rendu cet avis") && late.says("Encore moi."));
    let second = scene.site.letters().await;
    assert_eq!(second.iter().filter(|letter| letter.starts_with("opinion_given")).count(), 1);
}

#[tokio::test]
async fn neither_is_read_by_the_others_before_both_are_given() {
    let scene = Scene::new().await;
    given::staff(&scene.site, Role::Observer).await;
    scene.asks(&BOTH, "").await.unwrap();
    scene.gives(&scene.hugo, Service::Legal, "Ce que pense Hugo.").await.unwrap();
    let (mut nadia, mut observer) = (scene.browser("nadia@dinum.test").await, scene.browser("observer@equipe.test").await);
    let page = nadia.get("/instruction/1").await;
    assert!(page.says("Hugo Rousseau a rendu l’avis du service juridique de la DINUM le 3 décembre 2026"), "{}", page.text());
    assert!(page.says("Vous le lirez après avoir rendu le vôtre.") && !page.says("Ce que pense Hugo."));
    let page = observer.get("/instruction/1").await;
    assert!(page.says("Il se lira quand tous les avis seront rendus.") && !page.says("Ce que pense Hugo."));
    assert!(scene.browser("hugo@dinum.test").await.get("/instruction/1").await.says("Ce que pense Hugo."), "one's own");
    scene.gives(&as_staff(&scene.nadia), Service::FranceConnect, "Ce que pense Nadia.").await.unwrap();
    for mut reader in [nadia, observer, scene.browser("hugo@dinum.test").await] {
        let page = reader.get("/instruction/1").await;
        assert!(page.says("Ce que pense Hugo.") && page.says("Ce que pense Nadia."), "{}", page.text());
    }
    scene.site.letters().await;
}

#[tokio::test]
async fn an_opinion_is_given_by_those_of_its_service_by_two_people_and_when_it_was_asked() {
    let scene = Scene::new().await;
    let unasked = sentence(scene.gives(&scene.hugo, Service::Legal, "a").await);
    assert!(unasked.starts_with("Personne n’a demandé l’avis du service juridique"), "{unasked}");
    scene.asks(&BOTH, "").await.unwrap();
    let ida = Staff::new(given::staff(&scene.site, Role::Observer).await).unwrap();
    for (by, service) in [(&scene.hugo, Service::FranceConnect), (&as_staff(&scene.nadia), Service::Legal), (&ida, Service::Legal)] {
        assert!(matches!(scene.gives(by, service, "a").await, Err(Problem::Forbidden(_))), "{by:?}");
    }
    let both = given::somebody_with_roles(&scene.site, "lou@dinum.test", &[Role::Jurist, Role::Reviewer]).await;
    let both = Staff::new(both).unwrap();
    scene.gives(&both, Service::Legal, "a").await.unwrap();
    let second = sentence(scene.gives(&both, Service::FranceConnect, "b").await);
    assert!(second.contains("par deux personnes"), "{second}");
    let late = sentence(scene.gives(&scene.hugo, Service::Legal, "c").await);
    assert!(late.starts_with("Lou Rousseau a rendu l’avis du service juridique") && late.ends_with("Votre avis n’a pas été enregistré."));
    scene.site.letters().await;
}

#[tokio::test]
async fn nobody_asks_nor_answers_about_their_own_demande_nor_reads_what_the_team_writes_of_it() {
    let scene = Scene::new().await;
    scene.asks(&BOTH, "Ce que demande Nadia.").await.unwrap();
    let leo = given::somebody_with_roles(&scene.site, "leo@dinum.test", &[Role::Jurist, Role::Reviewer]).await;
    let mut browser = scene.browser("leo@dinum.test").await;
    assert!(browser.get("/instruction/1").await.says("Ce que demande Nadia."));
    assert_eq!(browser.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, StatusCode::SEE_OTHER);
    let own = browser.get("/instruction/1").await;
    assert!(own.says("ne vous sont pas montrés") && !own.says("Ce que demande Nadia."), "{}", own.text());
    assert!(browser.get("/instruction/avis").await.says("Aucun avis ne vous est demandé"));
    let leo_as_staff = Staff::new(leo.clone()).unwrap();
    assert!(matches!(scene.gives(&leo_as_staff, Service::Legal, "a").await, Err(Problem::Forbidden(_))));
    let answer = browser.get("/instruction/1/avis/juridique").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "the form shows the question: {}", answer.text());
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    let by = Reviewer::new(leo).unwrap();
    let asked = ask(&mut transaction, &by, scene.id, 1, &[Service::Legal], "", scene.site.state.clock.now()).await;
    assert!(matches!(asked, Err(Problem::Forbidden(_))), "{asked:?}");
    drop(transaction);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_new_version_keeps_what_was_said_and_is_answered_in_one_step() {
    let scene = Scene::new().await;
    scene.asks(&BOTH, "Est-ce proportionné ?").await.unwrap();
    scene.gives(&scene.hugo, Service::Legal, "Oui, pour la version 1.").await.unwrap();
    let mut hugo = scene.browser("hugo@dinum.test").await;
    scene.hands_in_again().await;
    let stale = hugo.post("/instruction/1/avis/juridique", &[("version", "1"), ("view", "favourable"), ("reasons", "Lu trop tôt.")]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.says("version 2") && stale.says("Lu trop tôt."), "{}", stale.text());
    let dossier = hugo.get("/instruction/1").await;
    assert!(dossier.says("Rendu sur la version 1 : favorable") && dossier.says("À rendre par vous"), "{}", dossier.text());
    let mut nadia = scene.browser("nadia@dinum.test").await;
    let page = nadia.get("/instruction/1").await;
    assert!(page.says("Un avis a été rendu sur la version 1.") && !page.says("Oui, pour la version 1."), "she has not written hers");
    let form = hugo.get("/instruction/1/avis/juridique").await;
    assert!(form.says("Oui, pour la version 1.") && form.says("Est-ce proportionné ?"), "{}", form.text());
    assert_eq!(form.count("input[name=view][value=favourable][checked]"), 1);
    let again = [("version", "2"), ("view", "favourable"), ("reasons", "Oui, pour la version 1.")];
    assert_eq!(hugo.post("/instruction/1/avis/juridique", &again).await.status, StatusCode::SEE_OTHER);
    let mut connection = scene.site.state.db.acquire().await.unwrap();
    let (asked, answered) = (find_asked(&mut connection, scene.id).await.unwrap(), find_given(&mut connection, scene.id).await.unwrap());
    assert_eq!(asked.iter().map(|asked| asked.version).collect::<Vec<_>>(), [1, 1, 2, 2]);
    assert_eq!(answered.iter().map(|opinion| opinion.version).collect::<Vec<_>>(), [1, 2]);
    let lacks = missing(habilitation::applications::Kind::Experiment, 2, &asked, &answered);
    assert_eq!(lacks, [Missing::Awaited(Service::FranceConnect)]);
    drop(connection);
    scene.site.letters().await;
}

#[tokio::test]
async fn what_is_decided_is_no_longer_asked_about() {
    let scene = Scene::new().await;
    scene.asks(&[Service::Legal], "").await.unwrap();
    let now = scene.site.state.clock.now();
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    approve(&mut transaction, &scene.nadia, scene.id, 1, String::new(), SERVICE, now).await.unwrap();
    transaction.commit().await.unwrap();
    let late = sentence(scene.gives(&scene.hugo, Service::Legal, "a").await);
    assert!(late.starts_with("Nadia Rousseau a validé cette demande le 3"), "{late}");
    assert!(sentence(scene.asks(&[Service::FranceConnect], "").await).contains("Votre demande d’avis n’a pas été enregistrée."));
    scene.site.letters().await;
}

#[tokio::test]
async fn the_database_itself_refuses_a_second_opinion_and_one_nobody_asked() {
    let scene = Scene::new().await;
    scene.asks(&BOTH, "").await.unwrap();
    scene.gives(&scene.hugo, Service::Legal, "a").await.unwrap();
    let insert = |service: &'static str, version: i32, by: i64| {
        AssertSqlSafe(format!(
            "insert into opinions (application_id, version, service, view, reasons, given_by, author_name, author_quality, given_at)
            values (1, {version}, '{service}', 'favourable', 'b', {by}, 'Somebody', 'Juriste', '2026-12-03')"
        ))
    };
    let (hugo, samir) = (scene.hugo.person().account.0, scene.samir.person().account.0);
    for (service, version, by, law) in [
        ("legal", 1, samir, "opinions_pkey"),
        ("franceconnect", 1, hugo, "opinions_one_per_person"),
        ("franceconnect", 2, samir, "opinions_request_fkey"),
    ] {
        let refused = scene.site.state.db.execute(insert(service, version, by)).await.unwrap_err();
        assert_eq!(refused.as_database_error().unwrap().constraint(), Some(law));
    }
    scene.site.letters().await;
}

/// One person answers twice at the same moment, 100 times; two people answer for one service, 100 times.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_races_end_in_one_opinion_each() {
    let scene = Arc::new(Scene::new().await);
    let other = Staff::new(given::somebody_with_roles(&scene.site, "ines@dinum.test", &[Role::Jurist]).await).unwrap();
    let camille = given::a_person(&scene.site, "camille@clamart.test").await;
    let mut told = Vec::new();
    for race in 0..200 {
        let id = given::a_submitted_application(&scene.site, &camille).await;
        let now = scene.site.state.clock.now();
        let mut transaction = scene.site.state.db.begin().await.unwrap();
        ask(&mut transaction, &scene.nadia, id, 1, &[Service::Legal], "", now).await.unwrap();
        transaction.commit().await.unwrap();
        let second = if race % 2 == 0 { scene.hugo.clone() } else { other.clone() };
        let barrier = Arc::new(tokio::sync::Barrier::new(2));
        let tries = [scene.hugo.clone(), second].map(|by| {
            let (scene, barrier) = (scene.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                let mut transaction = scene.site.state.db.begin().await?;
                let given = Given { service: Service::Legal, view: View::Reserved, reasons: "Voilà.".into() };
                give(&mut transaction, &by, id, 1, given, now).await?;
                transaction.commit().await.map_err(Problem::from)
            })
        });
        let mut outcomes = Vec::new();
        for one in tries {
            outcomes.push(one.await.unwrap());
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "race {race}: {outcomes:?}");
        told.push(sentence(outcomes.into_iter().find(Result::is_err).unwrap()));
        let mut connection = scene.site.state.db.acquire().await.unwrap();
        assert_eq!(opinions::find_given(&mut connection, id).await.unwrap().len(), 1, "race {race}");
    }
    assert!(told.iter().step_by(2).all(|told| told.starts_with("Vous avez déjà rendu cet avis")), "{told:?}");
    assert!(told.iter().skip(1).step_by(2).all(|told| told.contains("Rousseau a rendu l’avis")), "{told:?}");
    let letters = scene.site.letters().await;
    assert_eq!(letters.iter().filter(|letter| letter.starts_with("opinion_given")).count(), 200);
}
