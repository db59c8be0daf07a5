//! `habilitation work`: sends letters and runs timers without serving pages; any number may share one database.

use super::{background::Background, cli::Finding, desk::Desk};
use crate::{config::Config, serve::Stop};

/// Works until asked to stop.
pub async fn run(config: Config) -> anyhow::Result<Finding> {
    let stop = Stop::on_signals()?;
    let desk = Desk::open(config).await?;
    let background = Background::start(&desk.state)?;
    stop.asked().await;
    background.finish().await;
    desk.close().await?;
    Ok(Finding::Sound)
}
