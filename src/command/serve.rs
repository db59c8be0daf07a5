//! `habilitation serve`: opens the desk, and closes it in order.

use anyhow::Context;
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{cli::Finding, desk::Desk};
use crate::{
    config::Config,
    router,
    serve::{Limits, Stop, serve},
};

/// Serves until asked to stop: first no new connection, then the requests in flight, then the work beside the pages, then the database.
pub async fn run(config: Config) -> anyhow::Result<Finding> {
    let stop = Stop::on_signals()?;
    // Before the database: whoever finds the address taken learns it at once, and visitors of a restart wait instead of being refused.
    let address = config.listen_addr;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("LISTEN_ADDR={address} cannot be listened on (is the desk already open?)"))?;
    let limits = Limits::usual(config.max_connections);
    let desk = Desk::open(config).await?;
    let background = Background::default();
    println!("Le guichet est ouvert\u{a0}: {}", desk.state.config.public_url);
    serve(listener, router(desk.state.clone()), limits, &stop).await;
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

/// What works beside the pages: each task is spawned on `tasks` and returns when `stop` is cancelled.
#[derive(Debug, Default)]
struct Background {
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Background {
    /// Asks everything to stop and waits until it has.
    async fn finish(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}
