//! `habilitation account …`: who is of the team.

use clap::{Args, Subcommand};

use super::{cli::Finding, desk::Desk, operator};
use crate::{
    accounts::{EmailAddress, NewStaff, Role, create_staff, parse_person_name},
    config::Config,
};

/// What can be done to accounts.
#[derive(Clone, Debug, Subcommand)]
pub enum AccountVerb {
    /// Give somebody roles; without an account yet, they receive a link to choose their password
    Create(Create),
}

/// Who, and which roles.
#[derive(Clone, Debug, Args)]
pub struct Create {
    /// observer, reviewer, jurist, signatory, `programme_manager` or admin; may be given several times
    #[arg(long = "role", required = true, value_parser = parse_role)]
    roles: Vec<Role>,
    /// Address that receives the invitation
    #[arg(long)]
    email: String,
    /// First name
    #[arg(long)]
    given_name: String,
    /// Name
    #[arg(long)]
    family_name: String,
}

fn parse_role(typed: &str) -> Result<Role, String> {
    typed.parse().map_err(|_| "one of observer, reviewer, jurist, signatory, programme_manager, admin".into())
}

/// Does it.
pub async fn run(verb: AccountVerb, config: Config) -> anyhow::Result<Finding> {
    let AccountVerb::Create(asked) = verb;
    let new = NewStaff {
        email: EmailAddress::parse(&asked.email)?,
        given_name: parse_person_name(&asked.given_name).map_err(anyhow::Error::msg)?,
        family_name: parse_person_name(&asked.family_name).map_err(anyhow::Error::msg)?,
        roles: asked.roles,
    };
    let desk = Desk::open(config).await?;
    let outcome = create(&desk, &new).await;
    desk.close().await?;
    outcome
}

async fn create(desk: &Desk, new: &NewStaff) -> anyhow::Result<Finding> {
    let state = &desk.state;
    let mut transaction = state.db.begin().await?;
    let created = create_staff(&mut transaction, &operator(), new, state.clock.now()).await?;
    transaction.commit().await?;
    let roles: Vec<String> = created.person.roles.iter().map(ToString::to_string).collect();
    println!("{} has the roles: {}", created.person.email, roles.join(", "));
    // The letter leaves with the worker; the link is also said here, for the first account of a desk that sends no mail yet.
    if let Some(link) = created.invitation {
        println!("their link to choose a password, for 7 days: {}{}", state.config.public_url, state.secret.link_path(link));
    }
    Ok(Finding::Sound)
}
