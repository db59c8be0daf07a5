//! Connections to PostgreSQL, with the guards every one of them needs.

use std::{str::FromStr, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    Executor, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

/// How long a page waits for a connection before its visitor is told to come back: a private server that died is started again within two
/// seconds, and a page may need several connections in turn.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens a pool. Every connection has time limits, speaks UTC, and is rolled back when it comes home.
///
/// # Errors
/// When the address cannot be read or the server does not answer.
pub async fn connect(url: &SecretString, most: u32) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(url.expose_secret())?.application_name("habilitation").options([
        ("timezone", "UTC"),
        // The rollback below warns when there was something to roll back.
        ("client_min_messages", "error"),
        // Compiling a statement takes longer than any of ours, and starts with the estimated cost of a large table.
        ("jit", "off"),
        // So does starting a worker: 6 ms, where a search among a million demandes takes one.
        ("max_parallel_workers_per_gather", "0"),
        ("statement_timeout", "30s"),
        ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "30s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(PATIENCE)
        // A request dropped inside `begin()` gives its connection back with a transaction open; without this, the next
        // borrower's writes would be answered « done » and never committed (sqlx 0.9, measured). A `rollback` alone makes the server
        // log a warning each time there is nothing to roll back; inside a transaction that failed, it must stand alone.
        .after_release(|connection, _| {
            Box::pin(async move {
                match connection.execute("begin; rollback").await {
                    Err(sqlx::Error::Database(_)) => connection.execute("rollback").await.map(|_| true),
                    outcome => outcome.map(|_| true),
                }
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
