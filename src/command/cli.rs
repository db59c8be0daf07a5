//! What can be typed after `habilitation`, and which file does it.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use super::{account, campaign, check_invariants, demo, doctor, journal, logging, migrate, outbox, serve, settings, sirene, work};
use crate::{config::Config, web::endurance};

/// The desk where organisations ask for the right to use the FranceConnect button.
#[derive(Debug, Parser)]
#[command(name = "habilitation", version, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Open the desk: serve its pages and, unless WORKER=off, send its letters and run its timers
    Serve,
    /// Send letters and run timers only, beside a desk with WORKER=off
    Work,
    /// Bring the schema of the database up to date
    Migrate,
    /// Fill the desk with people and demandes to play with
    Demo(demo::DemoArgs),
    /// Accounts of the team
    #[command(subcommand)]
    Account(account::AccountVerb),
    /// Experiments open to private organisations
    #[command(subcommand)]
    Campaign(campaign::CampaignVerb),
    /// Letters that wait or could not leave
    #[command(subcommand)]
    Outbox(outbox::OutboxVerb),
    /// The Sirene register: INSEE's monthly stock, kept here
    #[command(subcommand)]
    Sirene(sirene::SireneVerb),
    /// Look at everything the desk needs, one line each
    Doctor,
    /// Check that the database holds what must always be true
    CheckInvariants,
    /// The audit log
    #[command(subcommand)]
    Journal(journal::JournalVerb),
}

/// What a verb found, for the shell that ran it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// All is well.
    Sound,
    /// Something is wrong, and it has been said.
    Broken,
}

/// Runs the program.
pub fn run() -> ExitCode {
    // Two providers of cryptography in one program panic at their first use: this one is chosen before anything can ask for another.
    // The outcome says only whether it had been chosen already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let Cli { verb, config } = Cli::parse();
    let config = config.tidied();
    let problems = settings::problems(&config);
    if !(problems.is_empty() || matches!(verb, Verb::Doctor)) {
        eprintln!("The settings do not allow the desk to start (see .env.example):");
        for problem in problems {
            eprintln!("- {problem}");
        }
        return ExitCode::from(2);
    }
    logging::start(&config);
    endurance::log_panics();
    match run_to_the_end(verb, config) {
        Ok(Finding::Sound) => ExitCode::SUCCESS,
        Ok(Finding::Broken) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("habilitation: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run_to_the_end(verb: Verb, config: Config) -> anyhow::Result<Finding> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        match verb {
            Verb::Serve => serve::run(config).await,
            Verb::Work => work::run(config).await,
            Verb::Demo(asked) => demo::run(asked, config).await,
            Verb::Account(verb) => account::run(verb, config).await,
            Verb::Campaign(verb) => campaign::run(verb, config).await,
            Verb::Outbox(verb) => outbox::run(verb, config).await,
            Verb::Sirene(verb) => sirene::run(verb, &config).await,
            Verb::Migrate => migrate::run(&config).await,
            Verb::Doctor => doctor::run(&config).await,
            Verb::CheckInvariants => check_invariants::run(&config).await,
            Verb::Journal(verb) => journal::run(verb, &config).await,
        }
    });
    // What still runs on its threads is not waited for: every verb has waited for what matters.
    runtime.shutdown_background();
    outcome
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn settings_may_stand_before_or_after_the_verb() {
        for line in ["habilitation --data-dir /srv/desk serve --demo", "habilitation serve --demo --data-dir /srv/desk"] {
            let cli = Cli::try_parse_from(line.split(' ')).expect("understood");
            assert!(cli.config.demo.is_on() && cli.config.data_dir == std::path::Path::new("/srv/desk"));
        }
    }

    #[test]
    fn the_help_shows_no_secret() {
        let help = Cli::command().render_long_help().to_string();
        for secret in ["DATABASE_URL", "MIGRATION_DATABASE_URL", "SECRET_KEY", "SMTP_URL", "SIRENE_INSEE_KEY"] {
            assert!(help.contains(&format!("[env: {secret}]")), "{secret} is shown without its value");
        }
    }
}
