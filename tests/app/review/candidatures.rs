//! A decision on a candidature: two opinions, and a signatory who did not prepare it.

use axum::http::StatusCode;
use habilitation::{
    accounts::Role,
    applications::{Kind, State},
    ids::ApplicationId,
    worker::settle_decisions,
};
use sqlx::{AssertSqlSafe, Executor};
use time::Duration;

use super::signing::{APPROVAL, here, letters_of_decisions, signed_in, state_of};
use crate::support::{TestSite, Visitor, given, private};

/// A candidature, Nadia who reviews and Anne who signs.
async fn a_candidature() -> (TestSite, Visitor, Visitor, ApplicationId) {
    let site = TestSite::with(|config| config.decision_hold = 10).await;
    private::a_campaign(&site).await;
    let helene = given::a_person(&site, "helene@asso.test").await;
    given::a_reviewer(&site, "nadia@dinum.test").await;
    given::somebody_with_roles(&site, "anne@dinum.test", &[Role::Signatory]).await;
    let id = private::a_submitted(&site, &helene, private::ASSOCIATION, Kind::Experiment).await;
    let (nadia, anne) = (signed_in(&site, "nadia@dinum.test").await, signed_in(&site, "anne@dinum.test").await);
    (site, nadia, anne, id)
}

/// The opinion of a service, by somebody of the team.
async fn an_opinion(site: &TestSite, id: ApplicationId, service: &str, by: &str) {
    let (id, account) = (id.0, format!("(select id from accounts where email = '{by}')"));
    let asked = format!("insert into opinion_requests values ({id}, 1, '{service}', '', {account}, now())");
    let given =
        format!("insert into opinions values ({id}, 1, '{service}', 'favourable', 'Rien à redire.', {account}, 'A', 'Juriste', now())");
    for statement in [asked, given] {
        site.state.db.execute(AssertSqlSafe(statement)).await.unwrap();
    }
}

#[tokio::test]
async fn a_candidature_waits_for_two_opinions_and_for_a_signatory_who_did_not_prepare_it() {
    let (site, mut nadia, mut anne, id) = a_candidature().await;
    let refusal = [("outcome", "refused"), ("version", "1"), ("ground", "selection_s6"), ("message", "le sous-traitant est en Inde.")];
    assert_eq!(nadia.post(&here(id, "decision"), &refusal).await.location(), here(id, "signature"));
    let to_sign = [("revision", "1"), ("outcome", "refused"), ("read", "oui")];
    for (service, by) in [("legal", "anne@dinum.test"), ("franceconnect", "nadia@dinum.test")] {
        let early = anne.post(&here(id, "signature"), &to_sign).await;
        assert_eq!(early.status, StatusCode::CONFLICT);
        assert!(early.says("Rien n’a été signé. Deux avis, de deux personnes"), "{}", early.text());
        an_opinion(&site, id, service, by).await;
    }
    let own = nadia.post(&here(id, "signature"), &to_sign).await;
    assert!(own.status == StatusCode::CONFLICT && own.says("Vous n’avez pas préparé ce projet"), "{}", own.text());
    given::a_reviewer(&site, "samir@dinum.test").await;
    let mut samir = signed_in(&site, "samir@dinum.test").await;
    let other = samir.post(&here(id, "signature"), &to_sign).await;
    assert!(other.status == StatusCode::CONFLICT && other.says("Vous êtes signataire"), "{}", other.text());
    let page = anne.get(&here(id, "signature")).await;
    assert!(
        page.says("Équipe FranceConnect : favorable. Service juridique : favorable.") && page.says("Préparé par Nadia Rousseau"),
        "{}",
        page.text()
    );
    assert_eq!(anne.post(&here(id, "signature"), &to_sign).await.status, StatusCode::SEE_OTHER);
    site.state.clock.advance(Duration::minutes(10));
    settle_decisions(&site.state).await.unwrap();
    assert_eq!(state_of(&site, id).await, State::Refused);
    assert_eq!(letters_of_decisions(&site).await, ["application_refused to helene@asso.test", "decision_to_sign to anne@dinum.test"]);
    let letter = site.letters_to("helene@asso.test").await;
    let letter = &letter.last().unwrap().text;
    assert!(letter.contains("Anne Rousseau") && letter.contains("critère S6") && !letter.contains("Nadia"), "{letter}");
}

#[tokio::test]
async fn the_database_refuses_a_candidature_signed_alone_or_without_its_opinions() {
    let (site, mut nadia, _, id) = a_candidature().await;
    nadia.post(&here(id, "decision"), &APPROVAL).await;
    for (by, constraint) in [("nadia@dinum.test", "prepared_decisions_two_people"), ("anne@dinum.test", "prepared_decisions_two_opinions")]
    {
        let signed = format!(
            "update prepared_decisions set signed_by = (select id from accounts where email = '{by}'), author_name = 'A',
                author_quality = 'B', author_service = 'C', signed_at = now(), leaves_at = now()"
        );
        let refused = site.state.db.execute(AssertSqlSafe(signed)).await.unwrap_err();
        assert_eq!(refused.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{by}");
    }
    site.letters().await;
}
