//! What a test starts with: people, made as they would be after their first steps.

use habilitation::accounts::{DemoPerson, Password, PasswordHash, PasswordOwner, Passwords, Person, Role, create_demo_person};
use tokio::sync::OnceCell;

use super::TestSite;
pub use super::demandes::*;

/// Everybody's password; long enough for the team.
pub const PASSWORD: &str = "une tasse de nuages bleus";

static HASH: OnceCell<PasswordHash> = OnceCell::const_new();

async fn hash() -> &'static PasswordHash {
    HASH.get_or_init(|| async {
        let owner = PasswordOwner::new(true, None, ["", ""]);
        Passwords::new().hash(Password::choose(PASSWORD, &owner).unwrap()).await.unwrap()
    })
    .await
}

/// An applicant with a confirmed address: « Camille Rousseau » when the address starts with « camille », and so on.
pub async fn a_person(site: &TestSite, email: &str) -> Person {
    let local = email.split('@').next().unwrap();
    let (given, family) = local.split_once('.').unwrap_or((local, "rousseau"));
    make(site, email, &capitalised(given), &capitalised(family), &[]).await
}

/// Somebody of the team, at « reviewer@equipe.test » and so on.
pub async fn staff(site: &TestSite, role: Role) -> Person {
    make(site, &format!("{role}@equipe.test"), "Sophie", "Lambert", &[role]).await
}

/// Somebody with those roles at that address.
pub async fn somebody_with_roles(site: &TestSite, email: &str, roles: &[Role]) -> Person {
    let local = email.split('@').next().unwrap();
    make(site, email, &capitalised(local), "Rousseau", roles).await
}

async fn make(site: &TestSite, email: &str, given_name: &str, family_name: &str, roles: &[Role]) -> Person {
    let person = DemoPerson { email, given_name, family_name, job_title: "Chargée de mission", phone: "+33612345678", roles };
    let mut transaction = site.state.db.begin().await.unwrap();
    let person = create_demo_person(&mut transaction, &person, hash().await, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    person
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
