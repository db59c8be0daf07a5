//! Administrators who act at the same moment.

use habilitation::{
    accounts::{Administrator, Role, team::RolesChanged},
    admin::{change_roles, deactivate},
    ids::AccountId,
    problem::Problem,
};
use sqlx::{AssertSqlSafe, Executor};

use super::{a_member, an_administrator};
use crate::support::TestSite;

async fn active_administrators(site: &TestSite) -> i64 {
    sqlx::query_scalar(
        "select count(*) from account_roles join accounts on id = account_id where role = 'admin' and disabled_at is null and closed_at is null",
    )
    .fetch_one(&site.state.db)
    .await
    .unwrap()
}

async fn demote(site: &TestSite, by: &Administrator, account: AccountId) -> Result<RolesChanged, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let (shown, kept) = ([Role::Observer, Role::Admin], [Role::Observer]);
    let changed = change_roles(&mut transaction, by, account, &shown, &kept, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(changed)
}

async fn lock_out(site: &TestSite, by: &Administrator, account: AccountId) -> Result<Option<u64>, Problem> {
    let mut transaction = site.state.db.begin().await?;
    let released = deactivate(&mut transaction, by, account, site.state.clock.now()).await?;
    transaction.commit().await?;
    Ok(released)
}

#[tokio::test]
async fn of_two_administrators_who_demote_each_other_one_stays() {
    let site = TestSite::new().await;
    for round in 0..20 {
        site.database.owner().await.execute("delete from account_roles where role <> 'admin'").await.unwrap();
        let one = a_member(&site, &format!("a{round}@equipe.test"), &[Role::Observer, Role::Admin]).await;
        let two = a_member(&site, &format!("b{round}@equipe.test"), &[Role::Observer, Role::Admin]).await;
        let (one, two) = (Administrator::new(one).unwrap(), Administrator::new(two).unwrap());
        // Whoever stayed in the round before leaves the two alone.
        let alone = format!(
            "update accounts set disabled_at = now() where disabled_at is null and id not in ({}, {})",
            one.person().account,
            two.person().account
        );
        site.state.db.execute(AssertSqlSafe(alone)).await.unwrap();
        let (first, second) = if round % 2 == 0 {
            let (first, second) = tokio::join!(demote(&site, &one, two.person().account), demote(&site, &two, one.person().account));
            (first.is_ok(), second.is_ok())
        } else {
            let (first, second) = tokio::join!(lock_out(&site, &one, two.person().account), demote(&site, &two, one.person().account));
            (first.is_ok(), second.is_ok())
        };
        assert!(first ^ second, "round {round}: {first} {second}");
        assert_eq!(active_administrators(&site).await, 1, "round {round}");
    }
}

#[tokio::test]
async fn an_administrator_demoted_meanwhile_changes_nothing_more() {
    let site = TestSite::new().await;
    let sophie = an_administrator(&site).await;
    let marc = Administrator::new(a_member(&site, "marc@equipe.test", &[Role::Observer, Role::Admin]).await).unwrap();
    let nadia = a_member(&site, "nadia@equipe.test", &[Role::Observer, Role::Admin]).await;
    demote(&site, &sophie, marc.person().account).await.unwrap();
    assert!(matches!(demote(&site, &marc, nadia.account).await, Err(Problem::Forbidden(_))));
    assert!(matches!(lock_out(&site, &marc, nadia.account).await, Err(Problem::Forbidden(_))));
    assert_eq!(active_administrators(&site).await, 2);
}

#[tokio::test]
async fn the_database_itself_keeps_the_last_administrator() {
    let site = TestSite::new().await;
    let last = an_administrator(&site).await.person().account;
    for statement in [
        "delete from account_roles where role = 'admin'",
        "update accounts set disabled_at = now()",
        "update accounts set closed_at = now(), password_hash = null",
    ] {
        let refused = site.state.db.execute(statement).await.unwrap_err();
        let constraint = refused.as_database_error().and_then(|error| error.constraint().map(str::to_owned));
        assert_eq!(constraint.as_deref(), Some("accounts_an_administrator_stays"), "{statement}");
    }
    a_member(&site, "marc@equipe.test", &[Role::Admin]).await;
    let locked_out = format!("update accounts set disabled_at = now() where id = {}", last.0);
    site.state.db.execute(AssertSqlSafe(locked_out)).await.unwrap();
}
