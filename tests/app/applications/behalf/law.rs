//! What the database refuses, whoever writes it.

use sqlx::{AssertSqlSafe, Executor};

use super::{CLAMART, a_complete_draft, a_vendor, filed_for_clamart};
use crate::support::TestSite;

async fn refused_by(site: &TestSite, statement: &str) -> String {
    let mut owner = site.database.owner().await;
    let error = owner.execute(AssertSqlSafe(statement.to_owned())).await.expect_err(statement);
    error.as_database_error().and_then(|error| error.constraint()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_a_client_is_owed_holds_in_the_database_too() {
    let site = TestSite::new().await;
    let (_, id, ..) = filed_for_clamart(&site).await;
    let again = |content: &str| {
        format!(
            "insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed,
                alternative_login, submitted_at, submitted_by, findings)
            select application_id, 2, organisation, {content}, true, true, true, submitted_at, submitted_by, findings
            from application_versions where application_id = {}",
            id.0
        )
    };
    for (statement, constraint) in [
        (again("content - 'mandate'"), "versions_mandate_of_a_vendor"),
        (again("jsonb_set(content, '{mandate,reference}', '\"\"')"), "versions_mandate_is_whole"),
        (again("jsonb_set(content, '{mandate,role}', '\"owner\"')"), "versions_mandate_is_whole"),
        (again("jsonb_set(content, '{mandate,documents}', '0')"), "versions_mandate_is_joined"),
        (again("content #- '{mandate,documents}'"), "versions_mandate_is_joined"),
        (again("jsonb_set(content, '{contacts,data_controller,email}', '\"karim@editeur.test\"')"), "versions_name_the_client_s_people"),
        (
            again("jsonb_set(content, '{contacts,data_protection_officer,email}', '\"karim@editeur.test\"')"),
            "versions_name_the_client_s_people",
        ),
        ("update applications set represented_by = null".into(), "applications_keep_their_vendor"),
        (
            "insert into client_links (id, application_id, role, email, name, created_at)
            select gen_random_uuid(), application_id, role, email, name, created_at from client_links limit 1"
                .into(),
            "client_links_open_once",
        ),
    ] {
        assert_eq!(refused_by(&site, &statement).await, constraint, "{statement}");
    }
}

#[tokio::test]
async fn no_right_is_granted_over_an_unread_objection_by_any_road() {
    let site = TestSite::new().await;
    let (_, id, mayor, _) = filed_for_clamart(&site).await;
    assert_eq!(site.visitor().post(&format!("{mayor}/opposition"), &[("reason", "Non.")]).await.status, 303);
    site.letters().await;
    let statement = format!(
        "with decided as (insert into decisions (application_id, version, outcome, message, decided_by, author_name, author_quality, author_service, decided_at)
            select {0}, 1, 'approved', '', applicant_id, 'a', 'b', 'c', created_at from applications where id = {0} returning id)
        insert into authorizations (application_id, version, decision_id, organisation_id, organisation, content, granted_at)
        select {0}, 1, decided.id, organisation_id, '{{}}', '{{}}', created_at from applications, decided where applications.id = {0}",
        id.0
    );
    assert_eq!(refused_by(&site, &statement).await, "authorizations_wait_for_objections");
}

#[tokio::test]
async fn nobody_represents_themselves() {
    let site = TestSite::new().await;
    let (person, vendor, _) = a_vendor(&site).await;
    a_complete_draft(&site, &person, vendor, CLAMART).await;
    let statement = "update applications set organisation_id = represented_by";
    assert_eq!(refused_by(&site, statement).await, "applications_nobody_represents_themselves");
}
