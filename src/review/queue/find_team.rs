//! Who may answer for a dossier.

use sqlx::PgConnection;

use crate::{
    accounts::{Person, Role, find_by_role},
    problem::Problem,
};

const OWNERS: [Role; 2] = [Role::Reviewer, Role::Signatory];

/// Whether somebody may answer for a dossier: those who instruct. A jurist is asked for an opinion instead; others only read.
pub fn can_own(person: &Person) -> bool {
    OWNERS.iter().any(|role| person.is(*role))
}

/// Everybody who may answer for a dossier, by name.
///
/// # Errors
/// The database's.
pub async fn find_team(connection: &mut PgConnection) -> Result<Vec<Person>, Problem> {
    let mut team: Vec<Person> = Vec::new();
    for role in OWNERS {
        for person in find_by_role(connection, role).await? {
            if team.iter().all(|known| known.account != person.account) {
                team.push(person);
            }
        }
    }
    team.sort_by_key(|person| (person.full_name().to_lowercase(), person.account));
    Ok(team)
}
