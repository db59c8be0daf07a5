//! A dossier and the team around it.

use axum::http::StatusCode;
use habilitation::{
    accounts::{Reviewer, Role, Staff},
    ids::ApplicationId,
    problem::Problem,
    review::opinions::{Given, Service, View, ask, give},
};

use crate::support::{TestSite, Visitor, given};

/// A demande of Camille's; Nadia who instructs, Hugo who is a jurist, Samir who signs.
pub struct Scene {
    pub site: TestSite,
    pub id: ApplicationId,
    pub nadia: Reviewer,
    pub hugo: Staff,
    pub samir: Reviewer,
}

impl Scene {
    pub async fn new() -> Self {
        let site = TestSite::new().await;
        let camille = given::a_person(&site, "camille@clamart.test").await;
        let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
        let hugo = Staff::new(given::somebody_with_roles(&site, "hugo@dinum.test", &[Role::Jurist]).await).unwrap();
        let samir = Reviewer::new(given::somebody_with_roles(&site, "samir@dinum.test", &[Role::Signatory]).await).unwrap();
        let id = given::a_submitted_application(&site, &camille).await;
        assert_eq!(site.letters().await.len(), 2);
        Self { site, id, nadia, hugo, samir }
    }

    pub async fn browser(&self, email: &str) -> Visitor {
        let mut visitor = self.site.visitor();
        visitor.sign_in(email).await;
        visitor
    }

    pub async fn asks(&self, services: &[Service], question: &str) -> Result<(), Problem> {
        let mut transaction = self.site.state.db.begin().await?;
        ask(&mut transaction, &self.nadia, self.id, self.version().await, services, question, self.site.state.clock.now()).await?;
        transaction.commit().await.map_err(Problem::from)
    }

    pub async fn gives(&self, by: &Staff, service: Service, reasons: &str) -> Result<(), Problem> {
        let mut transaction = self.site.state.db.begin().await?;
        let given = Given { service, view: View::Favourable, reasons: reasons.into() };
        give(&mut transaction, by, self.id, self.version().await, given, self.site.state.clock.now()).await?;
        transaction.commit().await.map_err(Problem::from)
    }

    pub async fn version(&self) -> i32 {
        sqlx::query_scalar("select version from applications where id = $1").bind(self.id.0).fetch_one(&self.site.state.db).await.unwrap()
    }

    /// Changes are asked and Camille hands the same content in again.
    pub async fn hands_in_again(&self) {
        let mut nadia = self.browser("nadia@dinum.test").await;
        let version = self.version().await.to_string();
        let changes = [("outcome", "changes_requested"), ("version", version.as_str()), ("message", "Relisez.")];
        let sent = nadia.post(&format!("/instruction/{}/decision", self.id.0), &changes).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let camille = given::a_person(&self.site, "camille@clamart.test").await;
        given::hand_in(&self.site, &camille, self.id).await;
    }
}

pub fn as_staff(reviewer: &Reviewer) -> Staff {
    Staff::new(reviewer.person().clone()).unwrap()
}
