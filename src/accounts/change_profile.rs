//! What a person says of themself.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    actor::Applicant,
    person::{Person, Phone},
    store,
};
use crate::{
    journal::{self, Event, Subject},
    problem::Problem,
};

/// A profile as typed and checked.
#[derive(Clone, Debug)]
pub struct Profile {
    /// First name.
    pub given_name: String,
    /// Name.
    pub family_name: String,
    /// Job title, or nothing.
    pub job_title: String,
    /// None when no number is given.
    pub phone: Option<Phone>,
}

/// Replaces the profile; false when nothing changed.
///
/// # Errors
/// The database's.
pub async fn change_profile(connection: &mut PgConnection, by: &Applicant, profile: Profile, now: OffsetDateTime) -> Result<bool, Problem> {
    let Some(account) = store::lock_account(connection, by.person().account).await? else { return Err(Problem::SignedOut) };
    let changed = Person {
        given_name: profile.given_name,
        family_name: profile.family_name,
        job_title: profile.job_title,
        phone: profile.phone.map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        ..account.person.clone()
    };
    if changed == account.person {
        return Ok(false);
    }
    store::save_profile(connection, &changed).await?;
    journal::record(connection, &by.by(), Subject::account(changed.account), &Event::ProfileChanged, now).await?;
    Ok(true)
}
