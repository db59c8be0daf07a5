//! The worker beside the pages, or alone.

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{AppState, notifications::Mailer, worker};

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
    pub fn start(state: &AppState) -> anyhow::Result<Self> {
        let mailer = Mailer::from_config(&state.config)?;
        let stop = CancellationToken::new();
        let worker = tokio::spawn(worker::run(state.clone(), mailer, stop.clone()));
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
