//! `habilitation serve`: opens the desk, and closes it in order.

use anyhow::Context;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;

use super::{background::Background, cli::Finding, demo::say_accounts, desk::Desk};
use crate::{
    config::Config,
    demo, router,
    serve::{Limits, Stop, serve},
};

/// Serves until asked to stop: first no new connection, then the requests in flight, then the work beside the pages, then the database.
pub async fn run(config: Config) -> anyhow::Result<Finding> {
    let stop = Stop::on_signals()?;
    allow_files();
    // Before the database: whoever finds the address taken learns it at once, and visitors of a restart wait instead of being refused.
    let address = config.listen_addr;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("LISTEN_ADDR={address} cannot be listened on (is the desk already open?)"))?;
    let limits = Limits::usual(config.max_connections);
    let desk = Desk::open(config).await?;
    if desk.state.config.demo.is_on() {
        demo::seed(&desk.state).await?;
    }
    let background = if desk.state.config.worker.is_on() { Some(Background::start(&desk)?) } else { None };
    println!("Le guichet est ouvert\u{a0}: {}", desk.state.config.public_url);
    if desk.state.config.demo.is_on() {
        say_accounts();
    }
    serve(listener, router(desk.state.clone()), limits, &stop).await;
    let close = async {
        if let Some(background) = background {
            background.finish().await;
        }
        desk.close().await
    };
    tokio::select! {
        closed = close => closed?,
        // The kernel stops the private server with us.
        () = stop.at_once() => {}
    }
    Ok(Finding::Sound)
}

/// A connection is a file to the system, which usually allows 1024 unless asked for more.
fn allow_files() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current < maximum
        && let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum })
    {
        tracing::warn!(%error, ?current, "no more files than that can be open at once");
    }
}
