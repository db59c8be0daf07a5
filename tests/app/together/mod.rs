//! Several people on one demande: who may fill it, whose it becomes, who may look.

mod changing_hands;
mod inviting;
mod named;
mod prepared;
mod races;

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications,
    ids::{ApplicationId, OrganisationId},
    journal,
    notifications::OutboxLetter,
    organisations::{Reason, verify_membership, withdraw_verification},
};

use crate::support::{TestSite, Visitor, given};

pub const CAMILLE: &str = "camille@clamart.test";
pub const LEO: &str = "leo@clamart.test";

/// Somebody with an account, signed in.
pub async fn somebody(site: &TestSite, email: &str) -> (Person, Visitor) {
    let person = given::a_person(site, email).await;
    let mut visitor = site.visitor();
    visitor.sign_in(email).await;
    (person, visitor)
}

/// They say that they act for Clamart.
pub async fn joins(visitor: &mut Visitor) {
    assert_eq!(visitor.post("/compte/organismes", &[("siret", given::CLAMART)]).await.status, 303);
}

async fn clamart(site: &TestSite) -> OrganisationId {
    let id: i64 = sqlx::query_scalar("select organisation_id from memberships limit 1").fetch_one(&site.state.db).await.unwrap();
    OrganisationId(id)
}

async fn signatory(site: &TestSite) -> Reviewer {
    Reviewer::new(given::somebody_with_roles(site, "signatory@equipe.test", &[Role::Signatory]).await).unwrap()
}

/// The team confirms that they belong to Clamart.
pub async fn is_verified(site: &TestSite, person: &Person) {
    let (by, because, now) = (signatory(site).await, Reason::parse("Appel au standard").unwrap(), site.state.clock.now());
    let organisation = clamart(site).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    verify_membership::by_reviewer(&mut transaction, &by, person.account, organisation, &because, now).await.unwrap();
    transaction.commit().await.unwrap();
}

/// The team takes that confirmation back.
pub async fn no_longer_belongs(site: &TestSite, person: &Person) {
    let (by, because, now) = (signatory(site).await, Reason::parse("A quitté la mairie").unwrap(), site.state.clock.now());
    let organisation = clamart(site).await;
    let mut transaction = site.state.db.begin().await.unwrap();
    withdraw_verification(&mut transaction, &by, person.account, organisation, &because, now).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Posts an offer and gives the path its letter leads to.
pub async fn offers(site: &TestSite, by: &mut Visitor, id: ApplicationId, what: (&str, &str), address: &str) -> String {
    let (act, field) = what;
    let sent = by.post(&format!("/demandes/{}/{act}", id.0), &[(field, address)]).await;
    assert_eq!(sent.location(), format!("/demandes/{}/equipe", id.0), "{}", sent.text());
    let letters = site.letters_to(address).await;
    let link = letters.last().unwrap().link().unwrap().to_owned();
    link.trim_start_matches("http://localhost:3000").to_owned()
}

pub const TO_FILL: (&str, &str) = ("invitations", "colleague");
pub const TO_TAKE: (&str, &str) = ("transmission", "successor");

pub async fn accept(visitor: &mut Visitor, link: &str) -> crate::support::Answer {
    visitor.post(&format!("{link}/acceptation"), &[]).await
}

/// Whose the demande is.
pub async fn applicant_of(site: &TestSite, id: ApplicationId) -> Person {
    let mut connection = site.state.db.acquire().await.unwrap();
    let application = applications::find(&mut connection, id).await.unwrap();
    habilitation::accounts::find_person(&mut connection, application.applicant).await.unwrap().unwrap()
}

/// What the journal says of a demande, in sentences.
pub async fn told(site: &TestSite, id: ApplicationId) -> Vec<String> {
    let mut connection = site.state.db.acquire().await.unwrap();
    let entries = journal::find_of_application(&mut connection, id).await.unwrap();
    entries.iter().map(|entry| format!("{} {}", entry.by, entry.event.sentence())).collect()
}

/// Letters of those kinds, as « kind to address ».
pub async fn letters_of(site: &TestSite, kinds: &[&str]) -> Vec<String> {
    let mut letters: Vec<String> = site
        .outbox()
        .await
        .iter()
        .filter(|letter: &&OutboxLetter| kinds.contains(&letter.kind.as_str()))
        .map(|letter| format!("{} to {}", letter.kind, letter.to.address))
        .collect();
    letters.sort();
    letters
}

pub fn as_applicant(person: &Person) -> Applicant {
    Applicant::new(person.clone())
}
