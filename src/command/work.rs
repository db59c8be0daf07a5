//! `habilitation work`: letters and timers without pages, beside processes that serve with `WORKER=off`.

use super::{background::Background, cli::Finding, desk::Desk};
use crate::{config::Config, serve::Stop};

/// Works until asked to stop; the letter at hand is finished first.
pub async fn run(config: Config) -> anyhow::Result<Finding> {
    let stop = Stop::on_signals()?;
    let desk = Desk::open(config).await?;
    let background = Background::start(&desk)?;
    tracing::info!("letters and timers are worked here");
    stop.asked().await;
    let close = async {
        background.finish().await;
        desk.close().await
    };
    tokio::select! {
        closed = close => closed?,
        // The kernel stops the private server with us.
        () = stop.at_once() => {}
    }
    Ok(Finding::Sound)
}
