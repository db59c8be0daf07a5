//! The right once granted: its page, its certificate, what anybody may verify, the list.

use habilitation::{accounts::Reviewer, authorizations, ids::AuthorizationId, review::approve};

use crate::support::{TestSite, Visitor, given};

mod certificate;
mod go_live;
mod list;
mod procedure;
mod reopening;
mod verification;

/// A right of Clamart's, which Nadia granted to Camille; with the letters of the deposit and of the decision looked at.
async fn a_right(site: &TestSite, nadia: &Reviewer) -> AuthorizationId {
    let camille = given::a_person(site, "camille@clamart.test").await;
    let id = given::a_submitted_application(site, &camille).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    let right =
        approve(&mut transaction, nadia, id, 1, String::new(), "DINUM, équipe FranceConnect", site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    site.letters().await;
    right
}

/// A site, the right on it, and Camille before it.
async fn a_site_with_a_right() -> (TestSite, AuthorizationId, Visitor) {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let right = a_right(&site, &nadia).await;
    let mut camille = site.visitor();
    camille.sign_in("camille@clamart.test").await;
    (site, right, camille)
}

async fn find(site: &TestSite, right: AuthorizationId) -> authorizations::Authorization {
    authorizations::find(&mut site.state.db.acquire().await.unwrap(), right).await.unwrap()
}
