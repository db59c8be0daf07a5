//! Administration: the people of the team.

mod races;
mod team;

use habilitation::{
    accounts::{Administrator, Person, Role},
    ids::AccountId,
};

use crate::support::{TestSite, given};

/// An administrator, at « admin@equipe.test ».
async fn an_administrator(site: &TestSite) -> Administrator {
    Administrator::new(given::staff(site, Role::Admin).await).unwrap()
}

/// Somebody of the team with those roles.
async fn a_member(site: &TestSite, email: &str, roles: &[Role]) -> Person {
    given::somebody_with_roles(site, email, roles).await
}

/// The roles somebody has.
async fn roles_of(site: &TestSite, account: AccountId) -> Vec<String> {
    sqlx::query_scalar("select role from account_roles where account_id = $1 order by role")
        .bind(account.0)
        .fetch_all(&site.state.db)
        .await
        .unwrap()
}

/// The facts about somebody, in order: who, what.
async fn facts_about(site: &TestSite, account: AccountId) -> Vec<String> {
    sqlx::query_scalar(
        "select actor_name || ' ' || event || coalesce(' ' || (details ->> 'role'), '') from journal
        where account_id = $1 and event <> 'signed_in' order by id",
    )
    .bind(account.0)
    .fetch_all(&site.state.db)
    .await
    .unwrap()
}
