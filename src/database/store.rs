//! What PostgreSQL says of itself.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// As whom a connection works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRole {
    /// The role.
    pub name: String,
    /// It may do anything.
    pub is_superuser: bool,
    /// The database or one of its tables belongs to it, or to a role it is a member of: it could rewrite the past.
    pub is_owner: bool,
    /// It could make tables.
    pub may_create: bool,
}

/// Reads as whom a connection works.
///
/// # Errors
/// The database's.
pub async fn find_session_role(connection: &mut PgConnection) -> sqlx::Result<SessionRole> {
    sqlx::query_as!(
        SessionRole,
        r#"select rolname::text as "name!", rolsuper as "is_superuser!",
            (exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
                    and pg_has_role(current_user, relowner, 'member'))
                or exists (select from pg_database where datname = current_database()
                    and pg_has_role(current_user, datdba, 'member'))) as "is_owner!",
            has_schema_privilege(current_user, 'public', 'create') as "may_create!"
        from pg_roles where rolname = current_user"#
    )
    .fetch_one(connection)
    .await
}

/// The server's version, « 15.18 (Debian 15.18-0+deb12u1) », and its time.
///
/// # Errors
/// The database's.
pub async fn find_server_facts(connection: &mut PgConnection) -> sqlx::Result<(String, OffsetDateTime)> {
    let facts = sqlx::query!(r#"select current_setting('server_version') as "version!", clock_timestamp() as "time!""#)
        .fetch_one(connection)
        .await?;
    Ok((facts.version, facts.time))
}

/// Whether the server has a database of that name.
pub(super) async fn has_database(connection: &mut PgConnection, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from pg_database where datname = $1) as "exists!""#, name).fetch_one(connection).await
}
