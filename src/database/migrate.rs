//! Brings the schema up to date as its owner, then says what the desk's own role may touch.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, migrate::Migrator};

/// The migrations, embedded in the program.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Tables in which the past is written: the desk adds to them and never changes them.
const APPEND_ONLY: [&str; 3] = ["journal", "application_versions", "decisions"];

/// Runs the migrations that are missing (two programs that start together wait for one another), then grants the desk's role what
/// it needs and no more. `desk_role` is absent when the desk runs as the owner, outside production.
///
/// # Errors
/// When the database refuses, or holds migrations this program does not know.
pub async fn migrate(owner: &mut PgConnection, desk_role: Option<&str>) -> anyhow::Result<()> {
    MIGRATOR.run(&mut *owner).await?;
    if let Some(role) = desk_role {
        grant(owner, role).await?;
    }
    Ok(())
}

async fn grant(owner: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let mut transaction = owner.begin().await?;
    let mut statements = vec![
        format!("revoke all on all tables in schema public from {role}"),
        format!("grant usage on schema public to {role}"),
        format!("grant select, insert, update, delete on all tables in schema public to {role}"),
        format!("grant usage on all sequences in schema public to {role}"),
        format!("revoke insert, update, delete on _sqlx_migrations from {role}"),
        format!("revoke delete, update on authorizations from {role}"),
        format!("grant update (state) on authorizations to {role}"),
    ];
    statements.extend(APPEND_ONLY.map(|table| format!("revoke update, delete on {table} from {role}")));
    for statement in statements {
        transaction.execute(AssertSqlSafe(statement)).await?;
    }
    transaction.commit().await?;
    Ok(())
}
