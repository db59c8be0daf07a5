//! The law the migrations write, compared with the one in force.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::store;
use crate::{database::MIGRATOR, problem::Problem};

/// Runs the migrations in a schema of their own, reads what they make there and what is in force, and throws the first away: the two
/// come from the same server, so their texts compare whatever its version.
///
/// # Errors
/// The database's.
pub async fn find_departures(owner: &mut PgConnection) -> Result<Vec<String>, Problem> {
    let mut scratch = owner.begin().await?;
    scratch.execute("create schema law_as_written; set local search_path = law_as_written").await?;
    for migration in MIGRATOR.iter() {
        scratch.execute(AssertSqlSafe(migration.sql.as_str().to_owned())).await?;
    }
    let written = store::find_law(&mut scratch, "law_as_written").await?;
    scratch.execute("set local search_path = public").await?;
    let in_force = store::find_law(&mut scratch, "public").await?;
    scratch.rollback().await?;
    Ok(compare(&written, &in_force))
}

/// What is missing, different or added, by name.
fn compare(written: &BTreeMap<String, String>, in_force: &BTreeMap<String, String>) -> Vec<String> {
    let departed = written.iter().filter_map(|(name, text)| match in_force.get(name) {
        None => Some(format!("{name} is missing")),
        Some(other) if other != text => Some(format!("{name} is not as written: {other}")),
        Some(_) => None,
    });
    let added = in_force.keys().filter(|name| !written.contains_key(*name)).map(|name| format!("{name} was added by hand"));
    departed.chain(added).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_different_or_added_is_named() {
        let law = |articles: &[(&str, &str)]| articles.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let written = law(&[("constraint a", "check (x)"), ("constraint b", "check (y)"), ("trigger c", "before")]);
        assert!(compare(&written, &written).is_empty());
        let in_force = law(&[("constraint a", "check (x)"), ("constraint b", "check (true)"), ("trigger d", "before")]);
        assert_eq!(
            compare(&written, &in_force),
            ["constraint b is not as written: check (true)", "trigger c is missing", "trigger d was added by hand"]
        );
    }
}
