//! A granted place is confirmed by its holder, or goes to the next one.

use habilitation::{
    accounts::Applicant,
    applications::Kind,
    authorizations::{self, State},
    experimentation::{Campaign, Holds, Leaving, Panel, Share, confirm_place},
    participation::{Cause, give_back},
    problem::Problem,
    review::{
        Outcome,
        decisions::{Writing, prepare},
    },
    worker::run_participations,
};
use jiff::civil::date;
use sqlx::{AssertSqlSafe, Executor};
use time::macros;

use super::Scene;
use crate::{
    experimentation::{
        crowd::against_places,
        places::{a_second, standing},
    },
    support::{TestSite, given, private},
};

/// One place, granted to Hélène on 3 December 2026: she has fifteen days.
async fn granted() -> Scene {
    let panel = Panel::even(Share { floor: 0, ceiling: 100 }, macros::date!(2026 - 12 - 20));
    Scene::granted(Campaign { capacity: 1, panel, ends_on: macros::date!(2028 - 12 - 31), ..private::campaign() }).await
}

async fn state_of(scene: &Scene) -> State {
    authorizations::find(&mut scene.site.state.db.acquire().await.unwrap(), scene.right).await.unwrap().state
}

/// The subjects of what Hélène received about her place since it was granted.
async fn told(scene: &Scene) -> Vec<String> {
    let letters = scene.site.letters_to("helene@asso.test").await;
    letters.into_iter().filter(|letter| letter.subject.contains("place")).map(|letter| letter.subject.replace('\u{a0}', " ")).collect()
}

fn of(scene: &Scene, rest: &str) -> String {
    format!("Habilitation {} ({}) : {rest}", scene.right, scene.id)
}

#[tokio::test]
async fn a_place_nobody_confirms_is_recalled_twice_then_goes_to_the_next_one() {
    let scene = granted().await;
    let (_, second) = a_second(&scene.site).await;
    assert!(standing(&scene.site, second).await.is_waiting());
    let decision = scene.site.letters_to("helene@asso.test").await.into_iter().find(|letter| letter.subject.contains("validée")).unwrap();
    assert!(decision.text.contains("Confirmez votre place au plus tard le 18\u{a0}décembre\u{a0}2026"), "{}", decision.text);
    scene.site.letters().await;
    for day in 3..=18 {
        scene.on(date(2026, 12, day));
        assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0);
        assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0);
    }
    assert!(standing(&scene.site, scene.id).await.has_a_place(), "the last day is a whole day");
    let recalled = of(&scene, "confirmez votre place au plus tard le 18 décembre 2026");
    assert_eq!(told(&scene).await, [recalled.clone(), recalled.clone()]);
    scene.on(date(2026, 12, 19));
    assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0);
    assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0);
    assert_eq!(told(&scene).await, [recalled.clone(), recalled, of(&scene, "votre place n’a pas été confirmée à temps")]);
    assert_eq!(standing(&scene.site, scene.id).await.holds, Holds::Nothing(Leaving::Unconfirmed));
    assert!(standing(&scene.site, second).await.has_a_place());
    assert_eq!(state_of(&scene).await, State::Expired);
    assert_eq!(against_places(&scene.site.database).await, [""; 0]);
    let mut helene = scene.visitor("helene@asso.test").await;
    let follow = helene.get(&format!("/demandes/{}", scene.id.0)).await;
    assert!(follow.says("Votre demande avait été validée") && follow.says("la place n’a pas été confirmée à temps"), "{}", follow.text());
    let list = helene.get("/demandes").await;
    assert!(list.says("L’habilitation a pris fin le 19 décembre 2026.") && !list.says("Place à confirmer"), "{}", list.text());
    let page = helene.get(&format!("/habilitations/{}/place", scene.right.0)).await;
    assert!(page.says("la place n’a pas été confirmée à temps") && page.count("form[action*=place]") == 0, "{}", page.text());
    scene.site.letters().await;
}

#[tokio::test]
async fn its_holder_confirms_with_one_button_and_nothing_more_is_asked() {
    let scene = granted().await;
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get("/demandes").await.says("Place à confirmer au plus tard le 18 décembre 2026"));
    let follow = helene.get(&format!("/demandes/{}", scene.id.0)).await;
    assert!(follow.says("C’est à vous de confirmer votre place, au plus tard le 18 décembre 2026"), "{}", follow.text());
    let address = format!("/habilitations/{}/place", scene.right.0);
    assert!(helene.get(&address).await.says("C’est à vous de confirmer"));
    helene.post(&format!("{address}/confirmation"), &[]).await;
    helene.post(&format!("{address}/confirmation"), &[]).await;
    let page = helene.get(&address).await;
    assert!(page.says("Place accordée") && page.says("Confirmée par") && !page.says("C’est à vous"), "{}", page.text());
    assert!(!helene.get("/demandes").await.says("Place à confirmer"));
    scene.site.letters().await;
    scene.on(date(2027, 2, 1));
    assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0);
    assert_eq!((told(&scene).await, state_of(&scene).await), (Vec::<String>::new(), State::Active));
    let sql = "select count(*) from journal where event = 'place_confirmed'";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&scene.site.state.db).await.unwrap(), 1);
}

#[tokio::test]
async fn nobody_else_answers_for_the_holder() {
    let scene = granted().await;
    given::a_person(&scene.site, "malo@rhone.test").await;
    let mut nadia = scene.visitor("nadia@dinum.test").await;
    let mut malo = scene.visitor("malo@rhone.test").await;
    let address = format!("/habilitations/{}/place", scene.right.0);
    let seen = nadia.get(&address).await;
    assert!(seen.says("C’est au participant de confirmer") && seen.count("form[action*=place]") == 0, "{}", seen.text());
    for act in ["confirmation", "renonciation"] {
        for visitor in [&mut nadia, &mut malo] {
            assert_eq!(visitor.post(&format!("{address}/{act}"), &[("compris", "oui")]).await.status, 404, "{act}");
        }
    }
    assert_eq!(malo.get(&address).await.status, 404);
    assert!(standing(&scene.site, scene.id).await.answer_by.is_some());
}

#[tokio::test]
async fn an_answer_that_comes_late_is_refused_even_before_the_place_went_on() {
    let scene = granted().await;
    scene.on(date(2026, 12, 19));
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    let by = Applicant::new(scene.helene.clone());
    let late = confirm_place(&mut transaction, &by, scene.id, scene.site.state.clock.now()).await.unwrap_err();
    let Problem::NotPossible { sentence, .. } = late else { panic!("{late:?}") };
    assert!(sentence.contains("au plus tard le 18\u{a0}décembre\u{a0}2026") && sentence.contains("Rien n’a été enregistré"), "{sentence}");
    drop(transaction);
    assert!(matches!(scene.asks_to_open().await, Err(Problem::NotPossible { .. })), "nor by asking to open");
}

#[tokio::test]
async fn asking_to_open_confirms_the_place() {
    let scene = granted().await;
    scene.asks_to_open().await.unwrap();
    assert_eq!(standing(&scene.site, scene.id).await.answer_by, None);
    scene.on(date(2027, 1, 10));
    run_participations(&scene.site.state).await.unwrap();
    assert_eq!(state_of(&scene).await, State::Active);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_shorter_delay_of_the_campaign_does_not_take_days_from_who_was_given_them() {
    let scene = granted().await;
    scene.site.state.db.execute("update campaigns set answer_within_days = 2").await.unwrap();
    scene.on(date(2026, 12, 18));
    run_participations(&scene.site.state).await.unwrap();
    assert!(standing(&scene.site, scene.id).await.has_a_place());
    scene.site.letters().await;
}

#[tokio::test]
async fn a_place_given_back_before_access_opens_goes_to_the_next_one() {
    let scene = granted().await;
    let (_, second) = a_second(&scene.site).await;
    let mut helene = scene.visitor("helene@asso.test").await;
    let address = format!("/habilitations/{}/place", scene.right.0);
    let unticked = helene.post(&format!("{address}/renonciation"), &[]).await;
    assert!(unticked.status == 422 && unticked.says("Cochez la case pour rendre la place"), "{}", unticked.text());
    assert!(standing(&scene.site, scene.id).await.has_a_place());
    helene.post(&format!("{address}/renonciation"), &[("compris", "oui")]).await;
    assert_eq!(standing(&scene.site, scene.id).await.holds, Holds::Nothing(Leaving::Renounced));
    assert!(standing(&scene.site, second).await.has_a_place());
    assert_eq!((state_of(&scene).await, told(&scene).await.pop()), (State::Expired, Some(of(&scene, "vous avez rendu votre place"))));
    let again = helene.post(&format!("{address}/renonciation"), &[("compris", "oui")]).await;
    assert!(again.says("il n’y a plus de place à rendre"), "{}", again.text());
    assert_eq!(against_places(&scene.site.database).await, [""; 0]);
    scene.site.letters().await;
}

#[tokio::test]
async fn a_participant_who_gives_the_place_back_ends_its_participation_that_day() {
    let scene = Scene::new().await;
    scene.on(date(2027, 3, 10));
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    give_back(&mut transaction, &Applicant::new(scene.helene.clone()), scene.id, scene.site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let ended = scene.participation().await.ended.unwrap();
    assert_eq!((ended.on, ended.cause), (date(2027, 3, 10), Cause::Renunciation));
    assert_eq!(standing(&scene.site, scene.id).await.holds, Holds::Nothing(Leaving::Renounced));
    let letter = scene.site.letters_to("helene@asso.test").await.pop().unwrap();
    assert!(letter.text.contains("Vous avez rendu votre place le 10\u{a0}mars\u{a0}2027"), "{}", letter.text);
    assert!(letter.text.contains("Remettez le rapport de mars\u{a0}2027"), "{}", letter.text);
    let mut helene = scene.visitor("helene@asso.test").await;
    assert!(helene.get(&scene.page("")).await.says("Participation terminée"));
    scene.site.letters().await;
}

#[tokio::test]
async fn the_letter_read_before_signing_tells_the_same_day() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let id = private::a_submitted(&site, &helene, private::ASSOCIATION, Kind::Experiment).await;
    let writing = Writing { shown: 1, read: 0, outcome: Outcome::Approved, ground: None, in_law: String::new(), message: String::new() };
    let mut transaction = site.state.db.begin().await.unwrap();
    prepare(&mut transaction, &nadia, id, writing, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    let mut visitor = site.visitor();
    visitor.sign_in("nadia@dinum.test").await;
    let page = visitor.get(&format!("/instruction/{}/signature", id.0)).await;
    assert!(page.says("Confirmez votre place au plus tard le 18 décembre 2026"), "{}", page.text());
    site.letters().await;
}

#[tokio::test]
async fn the_database_keeps_what_was_asked_and_answered() {
    let scene = granted().await;
    let mut owner = scene.site.database.owner().await;
    for (sql, constraint) in [
        (
            format!("insert into place_offers (application_id, offered_at, answer_by) values ({}, now(), current_date)", scene.id.0),
            "place_offers_leave_time_to_answer",
        ),
        (
            "insert into place_offers (application_id, offered_at, answer_by) values (99, now(), current_date + 5)".to_owned(),
            "place_offers_standing_fkey",
        ),
        ("insert into place_confirmations values (99, (select min(id) from accounts), now())".to_owned(), "place_confirmations_offer_fkey"),
    ] {
        let refused = scene.site.state.db.execute(AssertSqlSafe(sql.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
    }
    for sql in ["update place_offers set answer_by = answer_by + 30", "delete from place_offers"] {
        assert!(scene.site.state.db.execute(sql).await.is_err(), "{sql}: the desk may not");
        assert!(owner.execute(sql).await.unwrap_err().to_string().contains("what it holds happened"), "{sql}: nor may its owner");
    }
}
