//! What the database holds of reports, whatever the program does.

use habilitation::{experimentation::Campaign, worker::run_participations};
use jiff::civil::date;
use sqlx::{AssertSqlSafe, Executor};
use time::macros;

use super::Scene;
use crate::support::private;

#[tokio::test]
async fn the_database_refuses_a_report_that_cannot_be() {
    let scene = Scene::new().await;
    scene.on(date(2027, 2, 3));
    scene.sends("2027-01", 4_000).await;
    let row = |month: &str, number: i32, through: i64, all: i64, because: &str| {
        format!(
            "insert into monthly_reports values ({}, '{month}', {number}, {through}, {all}, 0, 0, 0, 'm', 'r', '', '{because}', false,
                (select min(id) from accounts), 'A', '2027-02-03')",
            scene.id.0
        )
    };
    for (sql, constraint) in [
        (row("2026-12-01", 1, 11, 10, ""), "monthly_reports_part_is_within_the_whole"),
        (row("2026-12-01", 1, -1, 10, ""), "monthly_reports_count"),
        (row("2026-12-02", 1, 1, 10, ""), "monthly_reports_month_is_its_first_day"),
        (row("2027-03-01", 1, 1, 10, ""), "monthly_reports_month_has_begun"),
        (row("2027-01-01", 1, 1, 10, ""), "monthly_reports_pkey"),
        (row("2027-01-01", 2, 1, 10, ""), "monthly_reports_corrections_say_why"),
        (row("2027-01-01", 3, 1, 10, "Encore."), "monthly_reports_follow_one_another"),
        (
            format!("insert into participation_ends values ({}, '2027-02-04', 'term', '2027-02-03 12:00 UTC')", scene.id.0),
            "participation_ends_are_past",
        ),
    ] {
        let refused = scene.site.state.db.execute(AssertSqlSafe(sql.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
    }
    let mut owner = scene.site.database.owner().await;
    for sql in ["update monthly_reports set connections = 1", "delete from monthly_reports"] {
        assert!(scene.site.state.db.execute(sql).await.is_err(), "{sql}: the desk may not");
        assert!(owner.execute(sql).await.unwrap_err().to_string().contains("what it holds happened"), "{sql}: nor may its owner");
    }
}

#[tokio::test]
async fn the_database_refuses_a_certificate_that_cannot_be() {
    let scene = Scene::in_campaign(Campaign { ends_on: macros::date!(2027 - 02 - 15), ..private::campaign() }).await;
    let row = |number: i32, removed: &str, fate: &str, kept: &str, because: &str| {
        format!(
            "insert into destruction_certificates values ({}, {number}, '{removed}', {fate}, {kept}, 'm', 'H. M.', 'Directrice', '', '{because}',
                (select min(id) from accounts), 'A', '2027-02-20 12:00 UTC')",
            scene.id.0
        )
    };
    let good = row(1, "2027-02-15", "'destroyed', '2027-02-16'", "'', ''", "");
    let refuses = async |sql: String, constraint: &str| {
        let refused = scene.site.state.db.execute(AssertSqlSafe(sql.clone())).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{sql}");
    };
    refuses(good.clone(), "destruction_certificates_follow_an_end").await;
    scene.on(date(2027, 2, 16));
    run_participations(&scene.site.state).await.unwrap();
    scene.site.state.db.execute(AssertSqlSafe(good)).await.unwrap();
    for (sql, constraint) in [
        (row(1, "2027-02-15", "'destroyed', '2027-02-16'", "'', ''", ""), "destruction_certificates_pkey"),
        (row(2, "2027-02-15", "'destroyed', '2027-02-16'", "'', ''", ""), "destruction_certificates_corrections_say_why"),
        (row(3, "2027-02-15", "'destroyed', '2027-02-16'", "'', ''", "x"), "destruction_certificates_follow_one_another"),
        (row(2, "2027-02-21", "'destroyed', '2027-02-16'", "'', ''", "x"), "destruction_certificates_tell_the_past"),
        (row(2, "2026-12-02", "'destroyed', '2027-02-16'", "'', ''", "x"), "destruction_certificates_follow_the_opening"),
        (row(2, "2027-02-15", "'lost', '2027-02-16'", "'', ''", "x"), "destruction_certificates_fate_is_known"),
        (row(2, "2027-02-15", "'never_held', '2027-02-16'", "'', ''", "x"), "destruction_certificates_fate_has_its_day"),
        (row(2, "2027-02-15", "'kept_in_part', '2027-02-16'", "'k', ''", "x"), "destruction_certificates_say_what_is_kept"),
        (
            format!(
                "insert into destruction_notices (application_id, facts, until, sent_by, author_name, author_quality, author_service, sent_at)
                values ({}, 'f', '2027-03-31', (select min(id) from accounts), 'N', 'Q', 'S', '2027-03-17 12:00 UTC')",
                scene.id.0
            ),
            "destruction_notices_leave_time",
        ),
    ] {
        refuses(sql, constraint).await;
    }
    let mut owner = scene.site.database.owner().await;
    for sql in ["update destruction_certificates set method = 'x'", "delete from destruction_certificates"] {
        assert!(scene.site.state.db.execute(sql).await.is_err(), "{sql}: the desk may not");
        assert!(owner.execute(sql).await.unwrap_err().to_string().contains("what it holds happened"), "{sql}: nor may its owner");
    }
    scene.site.letters().await;
}
