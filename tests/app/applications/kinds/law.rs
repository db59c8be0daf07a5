//! What the database refuses of each kind, whoever writes it.

use habilitation::{applications::Kind, ids::ApplicationId};
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use crate::support::{
    TestSite, given,
    private::{self, ASSOCIATION},
};

/// Writes a second version with one answer changed, and tells which constraint refuses it.
async fn refused(owner: &mut PgConnection, id: ApplicationId, wrong: &str) -> Option<String> {
    let statement = format!(
        "insert into application_versions
        select application_id, 2, organisation, jsonb_set(content, {wrong}), true, true, true, submitted_at, submitted_by
        from application_versions where application_id = {} and number = 1",
        id.0
    );
    let error = owner.execute(AssertSqlSafe(statement)).await.err()?;
    error.as_database_error().and_then(|error| error.constraint()).map(str::to_owned)
}

#[tokio::test]
async fn the_database_refuses_of_each_kind_what_its_form_would_refuse() {
    let site = TestSite::new().await;
    private::a_campaign(&site).await;
    let person = given::a_person(&site, "camille@exemple.test").await;
    let address = private::a_submitted(&site, &person, ASSOCIATION, Kind::PrivateAddressChange).await;
    let identity = private::a_submitted(&site, &person, ASSOCIATION, Kind::PrivateIdentityCheck).await;
    let candidature = private::a_submitted(&site, &person, ASSOCIATION, Kind::Experiment).await;
    let mut owner = site.database.owner().await;
    for (id, wrong, constraint) in [
        (address, "'{case,link}', '\"\"'", "versions_address_change_is_explained"),
        (address, "'{case,only}', '\"oui\"'", "versions_address_change_is_explained"),
        (address, "'{case,kind}', '\"administration\"'", "versions_referent_is_explained"),
        (address, "'{contacts,referent_reason}', '\"\"'", "versions_referent_is_explained"),
        (address, "'{assurance_level}', '\"eidas_2\"'", "versions_substantial_level_is_justified"),
        (identity, "'{case,reference}', '\"\"'", "versions_identity_text_is_cited"),
        (identity, "'{case,url}', '\"ici\"'", "versions_identity_text_is_cited"),
        (identity, "'{case,imposes}', '\"\"'", "versions_identity_text_is_cited"),
        (candidature, "'{service,url}', '\"http://e.test/\"'", "versions_candidatures_are_on_line"),
        (candidature, "'{case,contribution,sector}', '\"luxe\"'", "versions_candidatures_have_a_sector"),
        (candidature, "'{case,contribution,certificates}', '[\"RS12\"]'", "versions_certificates_are_of_the_rncp"),
        (candidature, "'{case,contribution,sector}', '\"certification\"'", "versions_certificates_are_of_the_rncp"),
        (candidature, "'{case,baseline,monthly_accounts}', '-1'", "versions_baseline_is_measured"),
        (candidature, "'{case,hosting,country}', '\"France\"'", "versions_hosting_has_a_country"),
        (candidature, "'{case,hosting,processors,0,country}', '\"\"'", "versions_hosting_has_a_country"),
        (candidature, "'{case,commitments}', '[]'", "versions_commitments_are_seven"),
        (candidature, "'{case,commitments,6,rule}', '\"S1\"'", "versions_commitments_are_seven"),
        (candidature, "'{case,commitments,0,on}', '\"hier\"'", "versions_commitments_are_seven"),
        (candidature, "'{case,kind}', '\"private_address_change\"'", "versions_address_change_is_explained"),
    ] {
        assert_eq!(refused(&mut owner, id, wrong).await.as_deref(), Some(constraint), "{wrong}");
    }
    // Whole answers of another kind are not those of the demande either.
    let borrowed = format!("'{{case}}', (select content -> 'case' from application_versions where application_id = {})", identity.0);
    assert_eq!(refused(&mut owner, address, &borrowed).await.as_deref(), Some("application_versions_kind_fkey"));
    site.letters().await;
}
