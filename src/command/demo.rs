//! `habilitation demo`: people and demandes to play with.

use clap::Args;

use super::{cli::Finding, desk::Desk};
use crate::{accounts::DEMO_PASSWORD, accounts::DEMO_PEOPLE, config::Config, demo};

/// How much.
#[derive(Clone, Copy, Debug, Args)]
pub struct DemoArgs {
    /// Also add that many submitted demandes, for measures on a full desk
    #[arg(long, default_value_t = 0)]
    dossiers: usize,
}

/// Fills the desk.
pub async fn run(asked: DemoArgs, config: Config) -> anyhow::Result<Finding> {
    anyhow::ensure!(!config.is_production(), "a desk for real people (https PUBLIC_URL) takes no demonstration");
    let desk = Desk::open(config).await?;
    let filled = async {
        demo::seed(&desk.state).await?;
        demo::add_dossiers(&desk.state, asked.dossiers).await
    };
    let outcome = filled.await;
    desk.close().await?;
    outcome?;
    say_accounts();
    Ok(Finding::Sound)
}

/// The accounts to play, for the terminal.
pub fn say_accounts() {
    println!("Comptes de démonstration, mot de passe {DEMO_PASSWORD}\u{a0}:");
    for person in &DEMO_PEOPLE {
        println!("  {:26} {}", person.email, person.part());
    }
}
