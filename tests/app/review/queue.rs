//! The queue: what waits for whom, who answers for it, and the way through it.

mod assigning;
mod lists;
mod moving;
mod places;
mod races;

use habilitation::{
    accounts::Reviewer,
    ids::ApplicationId,
    review::queue::{self, Handing},
};
use sqlx::Executor;

use crate::support::{Answer, TestSite, Visitor, given};

/// Has copied demandes bear the level of their version, which is copied after them.
const LEVELS: &str = "update applications set version = version";

/// Nadia and Samir of the team, signed in, and so many demandes of Camille's, in order of arrival.
struct Team {
    site: TestSite,
    nadia: Visitor,
    samir: Visitor,
    by: [Reviewer; 2],
    demandes: Vec<ApplicationId>,
}

impl Team {
    async fn before(demandes: usize) -> Self {
        let site = TestSite::new().await;
        let camille = given::a_person(&site, "camille@clamart.test").await;
        let mut filed = Vec::new();
        for _ in 0..demandes {
            filed.push(given::a_submitted_application(&site, &camille).await);
            site.state.clock.advance(time::Duration::minutes(1));
        }
        let by = [given::a_reviewer(&site, "nadia@dinum.test").await, given::a_reviewer(&site, "samir@dinum.test").await];
        let (mut nadia, mut samir) = (site.visitor(), site.visitor());
        nadia.sign_in("nadia@dinum.test").await;
        samir.sign_in("samir@dinum.test").await;
        assert_eq!(site.letters().await.len(), demandes, "one receipt each");
        Self { site, nadia, samir, by, demandes: filed }
    }

    /// Samir takes a dossier.
    async fn samir_takes(&self, id: ApplicationId) {
        let mut transaction = self.site.state.db.begin().await.unwrap();
        queue::take(&mut transaction, &self.by[1], id, self.site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// Nadia gives a dossier nobody has to Samir.
    async fn nadia_gives_samir(&self, id: ApplicationId, word: &str) {
        let handing = Handing { to: self.by[1].person().account, seen: None, word: word.into() };
        let mut transaction = self.site.state.db.begin().await.unwrap();
        queue::assign(&mut transaction, &self.by[0], id, handing, self.site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// What only other parts of the desk write, straight into the tables.
    async fn write(&self, statement: &'static str) {
        self.site.database.owner().await.execute(statement).await.unwrap();
    }
}

/// The numbers of the rows of a page, in its order.
fn numbers(page: &Answer) -> Vec<i64> {
    let rows = page.html.split("<tr role=\"row\" id=\"d").skip(1);
    rows.map(|row| row.split('"').next().unwrap().parse().unwrap()).collect()
}
