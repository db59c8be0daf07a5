//! A software vendor files for its clients.

mod client;
mod copies;
mod filing;
mod kinds;
mod law;
mod life;
mod lists;
mod many;
mod navigation;

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role},
    applications::{Kind, behalf::start_for_client},
    fields::Fields,
    ids::{ApplicationId, OrganisationId},
    organisations::{self, Reason, VerifiedMember, verify_membership},
};
use uuid::Uuid;

use crate::support::{TestSite, Visitor, given};

const VENDOR: &str = "41816609600069";
const CLAMART: &str = given::CLAMART;
const RHONE: &str = "22690001700014";

/// Karim of a vendor, whose membership the team confirmed, and his browser.
async fn a_vendor(site: &TestSite) -> (Person, OrganisationId, Visitor) {
    let person = given::a_person(site, "karim@editeur.test").await;
    let reviewer = Reviewer::new(given::staff(site, Role::Reviewer).await).unwrap();
    let mut karim = site.visitor();
    karim.sign_in("karim@editeur.test").await;
    assert_eq!(karim.post("/compte/organismes", &[("siret", VENDOR)]).await.status, 303);
    let vendor: i64 =
        sqlx::query_scalar("select id from organisations where siret = $1").bind(VENDOR).fetch_one(&site.state.db).await.unwrap();
    let because = Reason::parse("Appel au standard").unwrap();
    let now = site.state.clock.now();
    let mut transaction = site.state.db.begin().await.unwrap();
    verify_membership::by_reviewer(&mut transaction, &reviewer, person.account, OrganisationId(vendor), &because, now).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(site.letters_to("karim@editeur.test").await.len(), 1, "he hears that he is confirmed");
    (person, OrganisationId(vendor), karim)
}

/// A draft for a client, with nothing missing.
async fn a_complete_draft(site: &TestSite, person: &Person, vendor: OrganisationId, siret: &str) -> ApplicationId {
    a_complete_draft_of(site, person, vendor, siret, Kind::Administration).await
}

/// A draft of that kind for a client, with nothing missing.
async fn a_complete_draft_of(site: &TestSite, person: &Person, vendor: OrganisationId, siret: &str, kind: Kind) -> ApplicationId {
    let now = site.state.clock.now();
    let applicant = Applicant::new(person.clone());
    let choice = organisations::choose(&site.state.db, &site.state.register, siret, now).await.unwrap();
    let facts = choice.facts(&mut Fields::default()).unwrap();
    let mut transaction = site.state.db.begin().await.unwrap();
    let membership = organisations::find_membership(&mut transaction, person.account, vendor).await.unwrap().unwrap();
    let by = VerifiedMember::new(applicant, &membership).unwrap();
    let id = start_for_client(&mut transaction, &by, &facts, kind, None, Uuid::new_v4(), now).await.unwrap().unwrap();
    transaction.commit().await.unwrap();
    given::fill(site, person, id).await;
    id
}

/// A demande that Karim filed for Clamart, and the links its mayor and its DPO received.
pub(crate) async fn filed_for_clamart(site: &TestSite) -> (Visitor, ApplicationId, String, String) {
    let (person, vendor, karim) = a_vendor(site).await;
    let id = a_complete_draft(site, &person, vendor, CLAMART).await;
    given::hand_in(site, &person, id).await;
    let (mayor, dpo) = (last_link(site, "maire@clamart.test").await, last_link(site, "dpo@interco.test").await);
    site.letters().await;
    (karim, id, mayor, dpo)
}

/// The path of the link in the last letter to that address.
async fn last_link(site: &TestSite, address: &str) -> String {
    let letters = site.letters_to(address).await;
    let link = letters.last().unwrap().link().unwrap().to_owned();
    link.trim_start_matches("http://localhost:3000").to_owned()
}

async fn count(site: &TestSite, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&site.state.db).await.unwrap()
}
