//! People of the demonstration and of the tests: open accounts from the start, whatever their password.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    account::NewAccount,
    hashing::{PasswordHash, Passwords},
    password::Password,
    person::{EmailAddress, Person},
    role::Role,
    store,
};
use crate::problem::Problem;

/// Somebody to make.
#[derive(Clone, Copy, Debug)]
pub struct DemoPerson<'a> {
    /// The address they sign in with.
    pub email: &'a str,
    /// First name.
    pub given_name: &'a str,
    /// Name.
    pub family_name: &'a str,
    /// Job title, or nothing.
    pub job_title: &'a str,
    /// In E.164, or nothing.
    pub phone: &'a str,
    /// Staff roles; none for an applicant.
    pub roles: &'a [Role],
}

impl DemoPerson<'_> {
    /// What they play: « instructeur ».
    pub fn part(&self) -> &'static str {
        self.roles.first().map_or("demandeur", |role| role.label())
    }
}

/// The password of every demonstration account; the sign-in page of a demonstration says it.
pub const DEMO_PASSWORD: &str = "demo-franceconnect-2026";

const fn demo(email: &'static str, names: [&'static str; 2], job_title: &'static str, roles: &'static [Role]) -> DemoPerson<'static> {
    DemoPerson { email, given_name: names[0], family_name: names[1], job_title, phone: "", roles }
}

/// Who may be played in a demonstration.
pub const DEMO_PEOPLE: [DemoPerson<'static>; 9] = [
    demo("demandeur@demo.test", ["Camille", "Rousseau"], "Responsable des services numériques", &[]),
    demo("editeur@demo.test", ["Karim", "Benali"], "Chef de projet chez un éditeur de logiciels", &[]),
    demo("entreprise@demo.test", ["Hélène", "Marchand"], "Directrice des opérations d’une entreprise", &[]),
    demo("instructeur@demo.test", ["Sophie", "Lambert"], "Chargée d’instruction", &[Role::Reviewer]),
    demo("juriste@demo.test", ["Paul", "Nguyen"], "Juriste", &[Role::Jurist]),
    demo("signataire@demo.test", ["Anne", "Delmas"], "Cheffe du pôle FranceConnect", &[Role::Signatory]),
    demo("admin@demo.test", ["Marc", "Olivier"], "Administrateur du guichet", &[Role::Admin]),
    demo("programme@demo.test", ["Yasmine", "Haddad"], "Responsable de l’expérimentation", &[Role::ProgrammeManager]),
    demo("observateur@demo.test", ["Luc", "Fabre"], "Contrôleur de gestion", &[Role::Observer]),
];

/// What is kept of [`DEMO_PASSWORD`]; computed before the transaction that makes the people.
///
/// # Errors
/// [`Problem::Busy`] when too many wait.
pub async fn hash_demo_password(passwords: &Passwords) -> Result<PasswordHash, Problem> {
    passwords.hash(Password::of_the_demonstration()).await
}

/// Makes somebody with an open account; whoever is already there stays as they are. The caller answers for doing it in a demonstration only.
///
/// # Errors
/// The database's, or an address that is none.
pub async fn create_demo_person(
    connection: &mut PgConnection,
    person: &DemoPerson<'_>,
    password: &PasswordHash,
    now: OffsetDateTime,
) -> Result<Person, Problem> {
    let email = EmailAddress::parse(person.email).map_err(anyhow::Error::from)?;
    let new = NewAccount {
        email: &email,
        given_name: person.given_name,
        family_name: person.family_name,
        job_title: person.job_title,
        phone: person.phone,
        password: Some(password),
        is_confirmed: true,
    };
    if let Some(account) = store::add_account(connection, &new, now).await? {
        for role in person.roles {
            store::add_role(connection, account, *role, now).await?;
        }
    }
    let account = store::find_account_by_email(connection, &email).await?.ok_or(Problem::NotFound)?;
    Ok(account.person)
}
