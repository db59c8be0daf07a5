//! Brings the schema up to date as its owner, then says what the desk's own role may touch.

use anyhow::anyhow;
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection,
    migrate::{Migrate, MigrateError, Migrator},
};

/// The migrations, embedded in the program.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Tables in which the past is written: the desk adds to them and never changes them.
const APPEND_ONLY: [&str; 31] = [
    "journal",
    "application_versions",
    "decisions",
    "register_snapshots",
    "opinion_requests",
    "opinions",
    "reopenings",
    "answer_template_versions",
    "missing_item_requests",
    "missing_items",
    "missing_item_lapses",
    "silence_decisions",
    "observations",
    "rulings",
    "grid_appraisals",
    "go_live_attachments",
    "reason_requests",
    "reason_answers",
    "closing_warnings",
    "closings",
    "access_openings",
    "participation_ends",
    "monthly_reports",
    "destruction_certificates",
    "destruction_attachments",
    "destruction_notices",
    "line_facts",
    "place_offers",
    "place_confirmations",
    "assessment_drafts",
    "assessment_editions",
];

/// Tables only an import fills, as their owner.
const IMPORTED: [&str; 5] = ["stock_imports", "stock_units", "stock_establishments", "stock_names", "stock_spread"];

/// The places of an experiment and who holds them: the functions of the line alone write there, as their owner.
const OF_THE_LINE: [&str; 4] = ["places", "sector_slots", "standings", "line_facts"];

/// How the schema and this program stand to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// They belong together.
    UpToDate,
    /// That many migrations are to be run.
    Behind(usize),
    /// A later program brought the database to that migration.
    Newer(i64),
    /// That migration was rewritten after it had been run here.
    Rewritten(i64),
}

impl SchemaState {
    /// The sentence for the operator.
    pub fn sentence(self) -> String {
        let newest = MIGRATOR.iter().map(|migration| migration.version).max().unwrap_or_default();
        match self {
            Self::UpToDate => format!("the schema is up to date (migration {newest})"),
            Self::Behind(missing) => format!(
                "{missing} migrations have not been run: run `habilitation migrate`, with the database as its owner in MIGRATION_DATABASE_URL"
            ),
            Self::Newer(version) => format!(
                "the database was brought to migration {version} by a later version of this program, which knows migrations up to {newest}: \
                 run that version"
            ),
            Self::Rewritten(version) => {
                format!(
                    "migration {version} is not the one that was run on this database: this program and this database do not belong together"
                )
            }
        }
    }
}

/// Reads how the schema stands, changing nothing.
///
/// # Errors
/// The database's.
pub async fn schema_state(connection: &mut PgConnection) -> anyhow::Result<SchemaState> {
    let applied = match connection.list_applied_migrations(&MIGRATOR.table_name).await {
        Ok(applied) => applied,
        // No table of migrations: none was run.
        Err(MigrateError::Execute(sqlx::Error::Database(error))) if error.code().as_deref() == Some("42P01") => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let known = |version| MIGRATOR.iter().find(|migration| migration.version == version);
    for run in &applied {
        match known(run.version) {
            None => return Ok(SchemaState::Newer(run.version)),
            Some(migration) if migration.checksum != run.checksum => return Ok(SchemaState::Rewritten(run.version)),
            Some(_) => {}
        }
    }
    Ok(match MIGRATOR.iter().count().saturating_sub(applied.len()) {
        0 => SchemaState::UpToDate,
        missing => SchemaState::Behind(missing),
    })
}

/// Runs the migrations that are missing (two programs that start together wait for one another), then grants the desk's role what
/// it needs and no more. `desk_role` is absent when the desk runs as the owner, outside production.
///
/// # Errors
/// When the database refuses, or holds migrations this program does not know.
pub async fn migrate(owner: &mut PgConnection, desk_role: Option<&str>) -> anyhow::Result<()> {
    MIGRATOR.run(&mut *owner).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => anyhow!(SchemaState::Newer(version).sentence()),
        MigrateError::VersionMismatch(version) => anyhow!(SchemaState::Rewritten(version).sentence()),
        other => other.into(),
    })?;
    if let Some(role) = desk_role {
        grant(owner, role).await?;
    }
    Ok(())
}

async fn grant(owner: &mut PgConnection, role: &str) -> anyhow::Result<()> {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let mut transaction = owner.begin().await?;
    let mut statements = vec![
        // Two programs that grant at once would fail: « tuple concurrently updated ».
        "select pg_advisory_xact_lock(hashtext('grants'))".to_owned(),
        format!("revoke all on all tables in schema public from {role}"),
        format!("grant usage on schema public to {role}"),
        format!("grant select, insert, update, delete on all tables in schema public to {role}"),
        format!("grant usage on all sequences in schema public to {role}"),
        format!("revoke insert, update, delete on _sqlx_migrations from {role}"),
        format!("revoke delete, update on authorizations from {role}"),
        format!("grant update (state, state_changed_at, suspended_until) on authorizations to {role}"),
        format!("revoke delete, update on procedures from {role}"),
        format!("grant update (ended_at) on procedures to {role}"),
        format!("revoke delete, update on campaign_changes from {role}"),
        format!("grant update (campaign_id, state, settled_by, settled_by_name, settled_at, answer) on campaign_changes to {role}"),
    ];
    statements.extend(APPEND_ONLY.map(|table| format!("revoke update, delete on {table} from {role}")));
    statements.extend(IMPORTED.map(|table| format!("revoke insert, update, delete on {table} from {role}")));
    statements.extend(OF_THE_LINE.map(|table| format!("revoke insert, update, delete on {table} from {role}")));
    for statement in statements {
        transaction.execute(AssertSqlSafe(statement)).await?;
    }
    transaction.commit().await?;
    Ok(())
}
