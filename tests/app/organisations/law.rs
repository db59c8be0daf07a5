//! What the database itself refuses of memberships, domains and representations, whoever writes there.

use sqlx::{AssertSqlSafe, Executor};

use super::{CLAMART, RHONE, a_verified_member};
use crate::support::TestSite;

#[tokio::test]
async fn the_database_refuses_what_the_pages_do() {
    let site = TestSite::new().await;
    let (camille, clamart) = a_verified_member(&site, "camille@clamart.test", CLAMART).await;
    let (malo, rhone) = a_verified_member(&site, "malo@rhone.test", RHONE).await;
    let (camille, malo) = (camille.account, malo.account);
    let domains = "insert into organisation_domains (organisation_id, domain, confirmed_by, confirmed_at) values";
    let representations = "insert into representations (vendor_id, client_id, declared_by, declared_at) values";
    site.state.db.execute(AssertSqlSafe(format!("{domains} ({clamart}, 'clamart.test', {camille}, '2026-12-03')"))).await.unwrap();
    for (statement, constraint) in [
        (format!("{domains} ({clamart}, 'clamart.test', {camille}, '2027-01-01')"), "organisation_domains_confirmed_once"),
        (format!("{domains} ({clamart}, 'Clamart.fr', {camille}, '2027-01-01')"), "organisation_domains_domain_ends_an_address"),
        (format!("{domains} ({clamart}, 'clamart', {camille}, '2027-01-01')"), "organisation_domains_domain_ends_an_address"),
        ("update organisation_domains set removed_at = '2027-01-01'".to_owned(), "organisation_domains_removal_is_whole"),
        (
            format!(
                "update memberships set verified_by = null, verified_because = null, verified_domain_id = (select id from organisation_domains) where account_id = {malo}"
            ),
            "memberships_verified_domain_fkey",
        ),
        (
            format!(
                "update memberships set withdrawn_at = '2027-01-01', withdrawn_by = {malo}, withdrawn_because = 'x' where account_id = {camille}"
            ),
            "memberships_withdrawn_is_not_verified",
        ),
        (format!("{representations} ({rhone}, {rhone}, {malo}, '2027-01-01')"), "representations_nobody_is_their_own_client"),
        (
            format!("{representations} ({rhone}, {clamart}, {malo}, '2027-01-01'), ({rhone}, {clamart}, {malo}, '2027-01-01')"),
            "representations_declared_once",
        ),
    ] {
        let refusal = site.state.db.execute(AssertSqlSafe(statement.clone())).await.unwrap_err();
        assert_eq!(refusal.as_database_error().and_then(|error| error.constraint()), Some(constraint), "{statement}");
    }
    site.letters().await;
}
