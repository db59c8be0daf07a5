//! `habilitation outbox …`: the letters that wait, and those that could not leave.

use clap::Subcommand;
use uuid::Uuid;

use super::{cli::Finding, desk::Desk, operator};
use crate::{
    config::Config,
    notifications::{self, LetterState, OutboxFilter},
    problem::Problem,
};

/// Letters listed at once.
const MOST: usize = 500;

/// What can be done to letters.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum OutboxVerb {
    /// List letters, the newest first
    List {
        /// Only those: waiting, held, sent, ambiguous or dead
        #[arg(long)]
        state: Option<LetterState>,
    },
    /// Try a letter again now
    Retry {
        /// Its number, as `list` shows it
        id: Uuid,
    },
    /// Hold a letter back until it is released
    Hold {
        /// Its number, as `list` shows it
        id: Uuid,
    },
    /// Let a held letter go
    Release {
        /// Its number, as `list` shows it
        id: Uuid,
    },
}

/// Does it.
pub async fn run(verb: OutboxVerb, config: Config) -> anyhow::Result<Finding> {
    let desk = Desk::open(config).await?;
    let outcome = act(verb, &desk).await;
    desk.close().await?;
    match outcome {
        Err(Problem::NotFound) => anyhow::bail!("no letter has that number; `habilitation outbox list` shows them"),
        Err(problem) => Err(problem.into()),
        Ok(()) => Ok(Finding::Sound),
    }
}

async fn act(verb: OutboxVerb, desk: &Desk) -> Result<(), Problem> {
    let now = desk.state.clock.now();
    let mut transaction = desk.state.db.begin().await?;
    match verb {
        OutboxVerb::List { state } => {
            let filter = OutboxFilter { state, ..OutboxFilter::default() };
            for letter in notifications::list_outbox(&mut transaction, &filter, MOST).await? {
                let error = letter.last_error.as_deref().unwrap_or_default();
                println!(
                    "{}  {:9}  {:22}  {}  {} tries  {error}",
                    letter.id,
                    letter.state.to_string(),
                    letter.kind,
                    letter.to.address,
                    letter.tries.count
                );
            }
        }
        OutboxVerb::Retry { id } => notifications::retry(&mut transaction, &operator(), id, now).await?,
        OutboxVerb::Hold { id } => notifications::hold(&mut transaction, &operator(), id, now).await?,
        OutboxVerb::Release { id } => notifications::release(&mut transaction, &operator(), id, now).await?,
    }
    transaction.commit().await?;
    Ok(())
}
