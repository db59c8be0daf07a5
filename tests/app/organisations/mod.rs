//! Organisations: what a SIRET leads to, joining, confirming colleagues.

mod clients;
mod colleagues;
mod domains;
mod joining;
mod law;
mod numbers;
mod online;
mod stock;
mod taking_back;
mod writing_down;

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    ids::OrganisationId,
    organisations::{Choice, Facts, NAME, Reason, TOWN, choose, start_for, verify_membership},
    problem::Problem,
};
use tokio::task::JoinSet;

use crate::support::{TestSite, given};

const CLAMART: &str = "21920023500014";
const RHONE: &str = "22690001700014";
const UNKNOWN: &str = "73282932000074";
const MASKED: &str = "94957325700019";

/// What the register, or the person, says of a number.
async fn facts(site: &TestSite, siret: &str, name: &str) -> Facts {
    let choice = look_up(site, siret).await;
    let mut form = habilitation::fields::Fields::default();
    form.set(NAME.name, name);
    form.set(TOWN.name, "Tulle");
    choice.facts(&mut form).unwrap()
}

async fn look_up(site: &TestSite, typed: &str) -> Choice {
    choose(&site.state.db, &site.state.register, typed, site.state.clock.now()).await.unwrap()
}

/// Somebody joins, in a transaction of their own, as a page does.
async fn join(site: &TestSite, person: &Person, facts: &Facts) -> OrganisationId {
    let mut transaction = site.state.db.begin().await.unwrap();
    let organisation = start_for(&mut transaction, &Applicant::new(person.clone()), facts, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    organisation
}

/// A reviewer confirms a membership.
async fn verify(site: &TestSite, reviewer: &Person, member: &Person, organisation: OrganisationId) -> Result<(), Problem> {
    let reviewer = Reviewer::new(reviewer.clone()).unwrap();
    let because = Reason::parse("Appel au standard de la mairie").unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    let now = site.state.clock.now();
    verify_membership::by_reviewer(&mut transaction, &reviewer, member.account, organisation, &because, now).await?;
    transaction.commit().await.unwrap();
    let letters = site.letters_to(member.email.as_str()).await;
    assert!(letters.last().unwrap().subject.starts_with("Votre appartenance est confirmée"), "they hear of it");
    Ok(())
}

/// A verified member of an organisation.
async fn a_verified_member(site: &TestSite, email: &str, siret: &str) -> (Person, OrganisationId) {
    let reviewer = given::staff(site, Role::Reviewer).await;
    let person = given::a_person(site, email).await;
    let organisation = join(site, &person, &facts(site, siret, "Mairie").await).await;
    verify(site, &reviewer, &person, organisation).await.unwrap();
    (person, organisation)
}

/// Runs all of them at once, each on its own, and gives back what they answered.
async fn at_once<T: Send + 'static>(acts: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>) -> Vec<T> {
    acts.into_iter().collect::<JoinSet<T>>().join_all().await
}

/// How many facts of that name the journal holds of an organisation.
async fn journalled(site: &TestSite, organisation: OrganisationId, event: &str) -> i64 {
    sqlx::query_scalar("select count(*) from journal where organisation_id = $1 and event = $2")
        .bind(organisation.0)
        .bind(event)
        .fetch_one(&site.state.db)
        .await
        .unwrap()
}
