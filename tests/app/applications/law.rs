//! What the database refuses whoever writes it, and what no typed text can break.

use habilitation::{
    applications::{Form, Kind},
    fields::Fields,
};
use proptest::prelude::*;
use sqlx::{AssertSqlSafe, Executor};
use strum::VariantArray;

use crate::support::{TestSite, given};

#[tokio::test]
async fn a_version_cannot_be_rewritten_even_by_the_owner() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    let mut owner = site.database.owner().await;
    for statement in ["update application_versions set content = '{}'", "delete from application_versions"] {
        let refused = owner.execute(AssertSqlSafe(format!("{statement} where application_id = {}", id.0))).await;
        assert!(refused.is_err(), "{statement}");
    }
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
}

/// The database holds the law: each of these contents is refused by a named constraint, whoever writes it.
#[tokio::test]
async fn the_database_refuses_what_the_form_would_refuse() {
    let site = TestSite::new().await;
    let (_, id) = given::somebody_with_a_submitted_demande(&site).await;
    assert_eq!(site.letters_to("camille@clamart.test").await.len(), 1);
    let mut owner = site.database.owner().await;
    let wrongs = [
        ("'{service,name}', '\"\"'", "versions_service_is_named"),
        ("'{service,description}', '\"court\"'", "versions_service_is_described"),
        ("'{service,url}', '\"javascript:alert(1)\"'", "versions_service_url_is_a_link"),
        ("'{legal_basis,nature}', '\"\"'", "versions_legal_basis_is_cited"),
        ("'{legal_basis,url}', '\"ici\"'", "versions_legal_basis_can_be_read"),
        // Neither an address nor a file.
        ("'{legal_basis,url}', '\"\"'", "versions_legal_basis_can_be_read"),
        ("'{assurance_level}', '\"eidas_9\"'", "versions_assurance_level_is_known"),
        ("'{scopes}', '[\"openid\",\"phone\"]'", "versions_scopes_are_known"),
        ("'{scopes}', '[\"family_name\"]'", "versions_scopes_are_known"),
        ("'{scopes}', '[\"openid\",\"preferred_username\"]'", "versions_preferred_name_comes_with_birth_name"),
        ("'{personal_data,recipients}', '\"\"'", "versions_recipients_are_named"),
        ("'{personal_data,retention_months}', '0'", "versions_retention_is_1_to_1200_months"),
        ("'{personal_data,retention_months}', '37'", "versions_long_retention_is_justified"),
        ("'{contacts,data_protection_officer,email}', '\"nulle part\"'", "versions_contacts_are_three"),
        ("'{contacts,technical_contact,phone}', '\"+33146623535\"'", "versions_technical_contact_has_a_french_mobile"),
    ];
    for (wrong, constraint) in wrongs {
        let statement = format!(
            "insert into application_versions
            select application_id, 2, organisation, jsonb_set(content, {wrong}), true, true, true, submitted_at, submitted_by
            from application_versions where application_id = {} and number = 1",
            id.0
        );
        let error = owner.execute(AssertSqlSafe(statement)).await.unwrap_err();
        assert_eq!(error.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{wrong}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is typed anywhere, reading a step ends in a value or in sentences.
    #[test]
    fn no_text_breaks_a_step(typed in "\\PC{0,60}|[\\x00-\\x1f]{0,4}|-?[0-9]{0,25}", kind in proptest::sample::select(Kind::VARIANTS), index in any::<proptest::sample::Index>()) {
        let form = Form::of(kind);
        let step = *index.get(form.steps());
        let pairs = step.fields().iter().map(|field| (field.name.to_owned(), typed.clone())).collect();
        let mut fields = Fields::from_pairs(pairs);
        form.check(step, &mut fields);
        prop_assert!(fields.errors().iter().all(|error| !error.sentence.is_empty()));
    }
}
