//! Connections to PostgreSQL, with the guards every one of them needs.

use std::{str::FromStr, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

/// Opens a pool. Every connection has time limits, speaks UTC, and is rolled back when it comes home.
///
/// # Errors
/// When the address cannot be read or the server does not answer.
pub async fn connect(url: &SecretString, most: u32) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url.expose_secret())?.application_name("habilitation").options([
        ("timezone", "UTC"),
        // The rollback below warns each time that there was nothing to roll back.
        ("client_min_messages", "error"),
        ("statement_timeout", "30s"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(5))
        // A request dropped inside `begin()` gives its connection back with a transaction open; without this, the next
        // borrower's writes would be answered « done » and never committed (sqlx 0.9, measured).
        .after_release(|connection, _| {
            Box::pin(async move {
                connection.execute("rollback").await?;
                Ok(true)
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
