//! What is counted, from what the acts left.

use habilitation::{
    assessment::{Key, Reader, Unknown, Value},
    criteria::Sector,
    participation::Tenths,
};
use jiff::civil::date;

use super::{CLINIC, LOGICIELS, MOUETTES, Scene, first, line};
use crate::support::private;

#[tokio::test]
async fn every_figure_of_a_campaign_without_a_participant_says_why_it_is_none() {
    let scene = Scene::empty().await;
    let content = scene.assessed(Reader::Public).await;
    assert_eq!(first(&content, Key::Participants), Value::Count(0));
    for (key, why) in [
        (Key::Connections, Unknown::NoReport),
        (Key::Accounts, Unknown::NoReport),
        (Key::Growth, Unknown::NoWholeMonth),
        (Key::DeclaredGrowth, Unknown::NoWholeMonth),
        (Key::Delays, Unknown::NoDecision),
        (Key::Reports, Unknown::NothingDue),
    ] {
        assert_eq!(first(&content, key), Value::Unknown(why), "{key}");
    }
    assert_eq!(content.figure(Key::DropOuts).unwrap().headlines[1].value, Value::Unknown(Unknown::NoPlace));
}

#[tokio::test]
async fn reports_count_by_their_last_version_whole_months_beside_the_baseline() {
    let scene = Scene::new().await;
    scene.on(date(2027, 2, 8));
    for place in 0..3 {
        scene.sends(place, "2026-12", (100, 1_000), "Aucun.").await;
        scene.sends(place, "2027-01", (1_050, 4_200), "Aucun.").await;
    }
    scene.on(date(2027, 2, 9));
    scene.sends(2, "2027-01", (2_100, 8_400), "Aucun.").await;
    let content = scene.assessed(Reader::Public).await;
    let connections = content.figure(Key::Connections).unwrap();
    assert_eq!(connections.headlines[1].value, Value::Count(4_500), "300 of December, 1 050, 1 050 and 2 100 as corrected");
    assert_eq!(connections.headlines[2].value, Value::Count(19_800));
    assert_eq!(first(&content, Key::Connections), Value::Share(Tenths(227)));
    let share = |key: Key, table: usize, name: &str| *line(&content.figure(key).unwrap().tables[table], name).last().unwrap();
    assert_eq!(share(Key::Connections, 0, "décembre 2026"), Value::Share(Tenths(100)));
    assert_eq!(share(Key::Connections, 0, "janvier 2027"), Value::Share(Tenths(250)));
    assert_eq!(share(Key::Connections, 1, Sector::Education.label()), Value::Share(Tenths(227)));
    assert_eq!(first(&content, Key::Accounts), Value::Share(Tenths(300)));
    assert_eq!(
        first(&content, Key::Growth),
        Value::Growth(Tenths(333)),
        "16 800 in January beside three times 4 200; December is not whole"
    );
    assert_eq!(first(&content, Key::DeclaredGrowth), Value::Growth(Tenths(20)));
}

#[tokio::test]
async fn reports_are_on_time_late_or_missing_by_their_first_sending() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 10));
    scene.sends(0, "2026-12", (100, 1_000), "Aucun.").await;
    scene.on(date(2027, 1, 12));
    scene.sends(0, "2026-12", (110, 1_000), "Aucun.").await;
    scene.sends(1, "2026-12", (100, 1_000), "Aucun.").await;
    let content = scene.assessed(Reader::Public).await;
    let reports = &content.figure(Key::Reports).unwrap().tables[0];
    let counted = [Value::Count(3), Value::Count(3), Value::Count(1), Value::Count(1), Value::Count(1), Value::Share(Tenths(667))];
    assert_eq!(line(reports, "Ensemble"), counted, "a correction is not late");
    assert_eq!(first(&content, Key::Delays), Value::Days(0), "decided on the day they were complete");
    assert_eq!(line(&content.figure(Key::Delays).unwrap().tables[0], "Décisions comptées"), [Value::Count(3)]);
}

#[tokio::test]
async fn the_public_reads_no_figure_that_tells_one_participant_s_business() {
    let education = Sector::Education;
    let four = [(private::ASSOCIATION, education), (MOUETTES, education), (LOGICIELS, education), (CLINIC, Sector::Health)];
    let scene = Scene::of(&four).await;
    scene.on(date(2027, 1, 8));
    for place in 0..4 {
        scene.sends(place, "2026-12", (100, 1_000), "Aucun.").await;
    }
    let (team, public) = (scene.assessed(Reader::Team).await, scene.assessed(Reader::Public).await);
    let sectors =
        |content: &habilitation::assessment::Content, name: &str| line(&content.figure(Key::Connections).unwrap().tables[1], name).to_vec();
    assert_eq!(sectors(&team, Sector::Health.label())[1], Value::Count(100));
    assert_eq!(sectors(&public, Sector::Health.label()), [Value::Count(1), Value::Hidden, Value::Hidden, Value::Hidden]);
    assert_eq!(sectors(&public, education.label())[1], Value::Hidden, "or the clinic's is the whole less education");
    assert_eq!(sectors(&public, "Ensemble")[1], Value::Count(400));
    assert_eq!(first(&public, Key::Participants), Value::Count(4));
    assert!(public.chart().is_some(), "four participants of a month are shown");
}

#[tokio::test]
async fn a_revoked_participation_is_a_drop_out_and_owes_no_more_reports() {
    let scene = Scene::new().await;
    scene.on(date(2027, 1, 4));
    let mut owner = scene.site.database.owner().await;
    let revoked = format!(
        "update authorizations set state = 'revoked', state_changed_at = '2027-01-02T10:00:00Z' where application_id = {id};
        select * from leave_line({id}, 'revoked', '2027-01-02T10:00:00Z', '2027-01-02')",
        id = scene.participants[0].0
    );
    sqlx::Executor::execute(&mut owner, sqlx::AssertSqlSafe(revoked)).await.unwrap();
    habilitation::worker::run_participations(&scene.site.state).await.unwrap();
    scene.site.letters().await;
    scene.on(date(2027, 1, 11));
    let content = scene.assessed(Reader::Team).await;
    assert_eq!(line(&content.figure(Key::Participants).unwrap().tables[0], "Ensemble"), [3, 2, 0, 1].map(Value::Count));
    let drop_outs = content.figure(Key::DropOuts).unwrap();
    assert_eq!(drop_outs.headlines[0].value, Value::Count(1));
    assert_eq!(drop_outs.headlines[1].value, Value::Share(Tenths(333)));
    assert_eq!(line(&drop_outs.tables[0], "Habilitation révoquée"), [Value::Count(1)]);
    assert_eq!(line(&content.figure(Key::Reports).unwrap().tables[0], "Ensemble")[1], Value::Count(2), "December of the two others");
}
