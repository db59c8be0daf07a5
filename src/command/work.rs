//! `habilitation work`: letters and timers without pages, beside processes that serve with `WORKER=off`.

use tokio_util::sync::CancellationToken;

use super::{cli::Finding, desk::Desk};
use crate::{config::Config, notifications::Mailer, serve::Stop, worker};

/// Works until asked to stop; the letter at hand is finished first.
pub async fn run(config: Config) -> anyhow::Result<Finding> {
    let stop = Stop::on_signals()?;
    let mailer = Mailer::from_config(&config)?;
    let desk = Desk::open(config).await?;
    let finish = CancellationToken::new();
    let working = tokio::spawn(worker::run(desk.state.clone(), mailer, finish.clone()));
    tracing::info!("letters and timers are worked here");
    stop.asked().await;
    finish.cancel();
    let close = async {
        working.await?;
        desk.close().await
    };
    tokio::select! {
        closed = close => closed?,
        () = stop.at_once() => {}
    }
    Ok(Finding::Sound)
}
