//! Whether the database can serve this program.

use std::collections::BTreeMap;

use sqlx::{PgPool, migrate::Migrate};

use super::MIGRATOR;

/// What a probe of the database finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It takes writes, and its schema is ours.
    Ready,
    /// It takes no writes: a standby, or closed for maintenance.
    ReadOnly,
    /// A migration of this program has not run there.
    Behind,
    /// Its schema is not the one this program was written for.
    Unknown,
}

impl Readiness {
    /// The word a probe reads.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ReadOnly => "read-only",
            Self::Behind => "migrations missing",
            Self::Unknown => "migrations unknown to this program",
        }
    }
}

/// Asks the database whether it takes writes, and compares its migrations with ours.
///
/// # Errors
/// When it cannot be reached.
pub async fn readiness(pool: &PgPool) -> Result<Readiness, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let read_only = sqlx::query_scalar!(r#"select current_setting('transaction_read_only') = 'on' as "read_only!""#);
    if read_only.fetch_one(&mut *connection).await? {
        return Ok(Readiness::ReadOnly);
    }
    let applied = connection.list_applied_migrations(&MIGRATOR.table_name).await.map_err(sqlx::Error::from)?;
    let applied = applied.into_iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect();
    Ok(compare(&applied))
}

fn compare(applied: &BTreeMap<i64, Vec<u8>>) -> Readiness {
    let ours: BTreeMap<i64, &[u8]> = MIGRATOR.iter().map(|migration| (migration.version, &*migration.checksum)).collect();
    if applied.iter().any(|(version, checksum)| ours.get(version).is_none_or(|known| known != checksum)) {
        Readiness::Unknown
    } else if ours.len() > applied.len() {
        Readiness::Behind
    } else {
        Readiness::Ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> BTreeMap<i64, Vec<u8>> {
        MIGRATOR.iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect()
    }

    #[test]
    fn only_our_own_schema_is_ready() {
        assert_eq!(compare(&all()), Readiness::Ready);
        let mut behind = all();
        behind.pop_last();
        assert_eq!(compare(&behind), Readiness::Behind);
        let mut ahead = all();
        ahead.insert(9999, vec![0]);
        assert_eq!(compare(&ahead), Readiness::Unknown);
        let mut changed = all();
        changed.insert(1, vec![0]);
        assert_eq!(compare(&changed), Readiness::Unknown);
    }
}
