//! What is forgotten, and when.

use habilitation::{accounts::tidy, worker};
use time::Duration;
use tokio_util::sync::CancellationToken;

use super::count;
use crate::support::{TestSite, given};

#[tokio::test]
async fn the_worker_tidies_by_itself() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    site.visitor().sign_in("camille@clamart.test").await;
    site.state.clock.advance(Duration::days(2));
    let stop = CancellationToken::new();
    let working = tokio::spawn(worker::run(site.state.clone(), site.mailer.clone(), stop.clone()));
    for _ in 0..200 {
        if count(&site, "select count(*) from sessions").await == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    stop.cancel();
    working.await.unwrap();
    assert_eq!(count(&site, "select count(*) from sessions").await, 0);
}

async fn run(site: &TestSite) -> u64 {
    let mut connection = site.state.db.acquire().await.unwrap();
    tidy(&mut connection, site.state.clock.now()).await.unwrap()
}

#[tokio::test]
async fn nothing_is_kept_longer_than_it_serves() {
    let site = TestSite::new().await;
    given::a_person(&site, "camille@clamart.test").await;
    let mut visitor = site.visitor();
    visitor.sign_in("camille@clamart.test").await;
    let fields = [("given_name", "Zoé"), ("family_name", "Petit"), ("email", "zoe@clamart.test"), ("password", given::PASSWORD)];
    site.visitor().post("/inscription", &fields).await;
    assert_eq!(site.letters().await, ["confirm_address to zoe@clamart.test"]);
    site.state.clock.advance(Duration::minutes(31));
    visitor.post("/demandes/12/service", &[("name", "Portail")]).await;
    assert_eq!(run(&site).await, 0, "everything still serves");
    site.state.clock.advance(Duration::hours(25));
    assert!(run(&site).await > 0);
    assert_eq!(count(&site, "select count(*) from sessions").await, 0);
    assert_eq!(count(&site, "select count(*) from attempt_counters").await, 0);
    assert_eq!(count(&site, "select count(*) from kept_forms").await, 1);
    site.state.clock.advance(Duration::days(7));
    run(&site).await;
    assert_eq!(count(&site, "select count(*) from kept_forms").await, 0);
    assert_eq!(count(&site, "select count(*) from accounts").await, 2);
    site.state.clock.advance(Duration::days(23));
    run(&site).await;
    assert_eq!(count(&site, "select count(*) from accounts").await, 1, "an account nobody confirmed is forgotten");
    assert_eq!(count(&site, "select count(*) from account_links").await, 0);
    assert_eq!(run(&site).await, 0);
}
