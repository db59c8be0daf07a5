//! The worker beside the pages, or alone.

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::desk::Desk;
use crate::{notifications::Mailer, worker};

/// The worker, running until told to finish.
#[derive(Debug)]
pub struct Background {
    worker: JoinHandle<()>,
    stop: CancellationToken,
}

impl Background {
    /// Starts the worker.
    ///
    /// # Errors
    /// When the settings name no mailer that can be used.
    pub fn start(desk: &Desk) -> anyhow::Result<Self> {
        let (state, owner) = (desk.state.clone(), desk.owner());
        let mailer = Mailer::from_config(&state.config)?;
        let stop = CancellationToken::new();
        let asked = stop.clone();
        let worker = tokio::spawn(async move {
            tokio::join!(worker::run(state.clone(), mailer, asked.clone()), worker::watch_invariants(&state, &owner, &asked));
        });
        Ok(Self { worker, stop })
    }

    /// Asks the worker to stop and waits until it has: the letter at hand is finished.
    pub async fn finish(self) {
        self.stop.cancel();
        if let Err(error) = self.worker.await {
            tracing::error!(%error, "the worker ended badly");
        }
    }
}
