//! What members of the team choose to be written, the digest of the day, and the link that puts an end to letters.

use axum::{
    body::Body,
    http::{Request, header},
};
use habilitation::{
    accounts::Role,
    ids::ApplicationId,
    notifications::{self, AboutApplication, Letter, Rendered},
};
use sqlx::{AssertSqlSafe, Executor};
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{count, journal};
use crate::support::{TestSite, Visitor, given};

const SOPHIE: &str = "reviewer@equipe.test";

/// From the moment the site starts at.
const TO_TOMORROW_AT_EIGHT: Duration = Duration::hours(22);

/// News for Sophie: a demande arrived.
async fn a_demande_arrives(site: &TestSite, number: i64) {
    let about = AboutApplication {
        application: ApplicationId(number),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    tell_sophie(site, &format!("D{number} version 1"), &Letter::ApplicationArrived { about }).await;
}

async fn tell_sophie(site: &TestSite, occasion: &str, letter: &Letter) {
    let to = notifications::Recipient { address: SOPHIE.into(), name: "Sophie Lambert".into() };
    let mut transaction = site.state.db.begin().await.unwrap();
    notifications::enqueue(&mut transaction, occasion, &to, letter, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Sophie, signed in, with those choices: arrival, message, objection.
async fn sophie_who_chose(site: &TestSite, paces: [&str; 3]) -> Visitor {
    given::staff(site, Role::Reviewer).await;
    let mut browser = site.visitor();
    browser.sign_in(SOPHIE).await;
    let [arrival, message, objection] = paces;
    let others = ["assignment", "opinion", "signature", "clock", "campaign"].map(|topic| (topic, "each"));
    let chosen = [("arrival", arrival), ("message", message), ("objection", objection)];
    let answer = browser.post("/compte/courriels", &[chosen.as_slice(), &others].concat()).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    browser
}

async fn run_the_timer(site: &TestSite) -> usize {
    let mut transaction = site.state.db.begin().await.unwrap();
    let written = notifications::send_digests(&mut transaction, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    written
}

fn path(letter: &Rendered) -> String {
    letter.unsubscribe.as_deref().unwrap().trim_start_matches("http://localhost:3000").to_owned()
}

#[tokio::test]
async fn a_member_of_the_team_chooses_topic_by_topic() {
    let site = TestSite::new().await;
    let mut browser = sophie_who_chose(&site, ["never", "each", "digest"]).await;
    let page = browser.get("/compte/courriels").await;
    assert!(page.says("Vos choix sont enregistrés."));
    for (topic, pace) in [("arrival", "never"), ("message", "each"), ("objection", "digest")] {
        assert_eq!(page.attribute(&format!("input[name={topic}][checked]"), "value").as_deref(), Some(pace));
    }
    let refused = browser.post("/compte/courriels", &[("arrival", "each"), ("message", "souvent")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("6 points à corriger"), "{}", refused.text());
    a_demande_arrives(&site, 12).await;
    assert!(site.letters_to(SOPHIE).await.is_empty(), "she wants no such letter");
    assert_eq!(count(&site, "select count(*) from digest_lines").await, 0);
    assert_eq!(count(&site, "select count(*) from journal where event = 'letters_chosen'").await, 2, "the third is what it was");
    let mut camille = site.visitor();
    given::a_person(&site, "camille@clamart.test").await;
    camille.sign_in("camille@clamart.test").await;
    assert_eq!(camille.get("/compte/courriels").await.status, 403);
    assert!(!camille.get("/compte").await.html.contains("/compte/courriels"), "applicants have nothing to choose");
}

#[tokio::test]
async fn what_is_about_security_leaves_whatever_was_chosen() {
    let site = TestSite::new().await;
    sophie_who_chose(&site, ["never", "never", "never"]).await;
    tell_sophie(&site, "password", &Letter::PasswordChanged { at: site.state.clock.now() }).await;
    let letters = site.letters_to(SOPHIE).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].unsubscribe, None, "nothing puts an end to it");
    assert!(!letters[0].text.contains("Ne plus recevoir"));
}

#[tokio::test]
async fn the_same_news_wait_once_for_the_digest() {
    let site = TestSite::new().await;
    sophie_who_chose(&site, ["digest", "each", "each"]).await;
    for _ in 0..2 {
        a_demande_arrives(&site, 12).await;
    }
    a_demande_arrives(&site, 13).await;
    assert!(site.letters_to(SOPHIE).await.is_empty());
    assert_eq!(run_the_timer(&site).await, 0, "it is ten o’clock: today’s has its news already");
    site.state.clock.advance(TO_TOMORROW_AT_EIGHT);
    assert_eq!(run_the_timer(&site).await, 1);
    let letters = site.letters_to(SOPHIE).await;
    assert_eq!(letters[0].subject, "Résumé du 4\u{a0}décembre\u{a0}2026\u{a0}: 2 nouvelles");
    assert!(letters[0].text.contains("1. Demande D12 à instruire\u{a0}: Commune de Clamart\n2. Demande D13"), "{}", letters[0].text);
    assert!(letters[0].html.contains("href=\"http://localhost:3000/instruction/12\""));
    a_demande_arrives(&site, 14).await;
    assert_eq!(run_the_timer(&site).await, 0, "one a day: what comes now waits for tomorrow");
    assert_eq!(count(&site, "select count(*) from digest_lines").await, 1);
}

/// From Thursday to Friday of the week after, across a week-end, the night the clocks go forward and Easter Monday: the timer runs every
/// hour, a demande arrives at 17 h every day but Wednesday.
#[tokio::test]
async fn one_digest_leaves_each_working_day_at_eight_and_none_when_there_is_nothing_new() {
    let site = TestSite::new().await;
    site.state.clock.advance(datetime!(2027-03-25 09:00 UTC) - site.state.clock.now());
    sophie_who_chose(&site, ["digest", "digest", "digest"]).await;
    let mut left: Vec<(OffsetDateTime, usize)> = Vec::new();
    for hour in 0..8 * 24 {
        let now = site.state.clock.now();
        let is_wednesday = now.date() == time::macros::date!(2027 - 03 - 31);
        if now.hour() == 15 && !is_wednesday {
            a_demande_arrives(&site, 1000 + hour).await;
        }
        if run_the_timer(&site).await == 1 {
            let letters = site.letters_to(SOPHIE).await;
            left.push((now, letters.last().unwrap().html.matches("/instruction/1").count()));
        }
        site.state.clock.advance(Duration::HOUR);
    }
    let expected = [
        (datetime!(2027-03-26 07:00 UTC), 1),
        // nothing on Saturday, on Sunday nor on Easter Monday: four days at once, at eight of the summer
        (datetime!(2027-03-30 06:00 UTC), 4),
        (datetime!(2027-03-31 06:00 UTC), 1),
        // nothing arrived on Wednesday: no letter on Thursday
        (datetime!(2027-04-02 06:00 UTC), 1),
    ];
    assert_eq!(left, expected);
}

#[tokio::test]
async fn whoever_left_the_team_receives_no_digest() {
    let site = TestSite::new().await;
    sophie_who_chose(&site, ["digest", "each", "each"]).await;
    a_demande_arrives(&site, 12).await;
    let left = format!("update accounts set disabled_at = now() where email = '{SOPHIE}'");
    site.state.db.execute(AssertSqlSafe(left)).await.unwrap();
    site.state.clock.advance(TO_TOMORROW_AT_EIGHT);
    assert_eq!(run_the_timer(&site).await, 0);
    assert_eq!(count(&site, "select count(*) from digest_lines").await, 0);
    assert!(site.letters_to(SOPHIE).await.is_empty());
}

#[tokio::test]
async fn opening_the_link_of_a_letter_changes_nothing_and_one_click_puts_an_end_to_it() {
    let site = TestSite::new().await;
    given::staff(&site, Role::Reviewer).await;
    a_demande_arrives(&site, 12).await;
    let letters = site.letters_to(SOPHIE).await;
    let link = path(&letters[0]);
    assert!(letters[0].text.contains(&link) && letters[0].html.contains(&link));
    let page = site.visitor().get(&link).await;
    assert!(page.says("Ne plus recevoir ces courriels ?") && page.says("Une demande arrive, ou revient complétée"), "{}", page.text());
    assert_eq!(count(&site, "select count(*) from letter_choices").await, 0, "a mail program that opens links changes nothing");
    // As a mail program does it: no cookie, no origin, a body of its own.
    let click = Request::post(&link)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"))
        .unwrap();
    let done = site.visitor().send(click).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert!(done.says("C’est fait"));
    assert_eq!(site.visitor().post(&link, &[("List-Unsubscribe", "One-Click")]).await.status, 200, "twice is once");
    a_demande_arrives(&site, 13).await;
    assert_eq!(site.letters_to(SOPHIE).await.len(), 1, "no more of them");
    assert_eq!(journal(&site).await, ["letters_chosen"]);
}

#[tokio::test]
async fn the_link_of_a_digest_puts_an_end_to_what_comes_in_it() {
    let site = TestSite::new().await;
    sophie_who_chose(&site, ["digest", "each", "digest"]).await;
    a_demande_arrives(&site, 12).await;
    site.state.clock.advance(TO_TOMORROW_AT_EIGHT);
    assert_eq!(run_the_timer(&site).await, 1);
    let link = path(&site.letters_to(SOPHIE).await[0]);
    assert_eq!(site.visitor().post(&link, &[]).await.status, 200);
    let never: Vec<String> =
        sqlx::query_scalar("select topic from letter_choices where pace = 'never' order by topic").fetch_all(&site.state.db).await.unwrap();
    assert_eq!(never, ["arrival", "objection"], "messages still come one by one");
    assert!(site.visitor().get(&link).await.says("il n’y a rien à arrêter"));
}

#[tokio::test]
async fn the_seal_of_another_letter_opens_nothing() {
    let site = TestSite::new().await;
    given::staff(&site, Role::Reviewer).await;
    a_demande_arrives(&site, 12).await;
    tell_sophie(&site, "password", &Letter::PasswordChanged { at: site.state.clock.now() }).await;
    let letters = site.outbox_of(SOPHIE).await;
    let (arrival, password) = (letters[0].id, letters[1].id);
    let seal_of = |letter| site.state.secret.stop_path(letter).rsplit('/').next().unwrap().to_owned();
    let (mine, other) = (seal_of(arrival), seal_of(password));
    for path in [
        format!("/courriels/{arrival}/{other}"),
        format!("/courriels/{password}/{mine}"),
        format!("/courriels/{arrival}/00"),
        format!("/courriels/nonsense/{mine}"),
        // The seal is right, and such letters never stop.
        format!("/courriels/{password}/{other}"),
    ] {
        assert_eq!(site.visitor().get(&path).await.status, 404, "{path}");
        assert_eq!(site.visitor().post(&path, &[]).await.status, 404, "{path}");
    }
    assert_eq!(count(&site, "select count(*) from letter_choices").await, 0);
}
