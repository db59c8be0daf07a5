//! `habilitation check-invariants`: what must be true of the database, said line by line.

use super::cli::Finding;
use crate::{
    config::Config,
    database::{Database, Schema},
    invariants::{Checked, Outcome, check},
};

/// Checks, prints, and fails if anything is broken.
pub async fn run(config: &Config) -> anyhow::Result<Finding> {
    let database = Database::open(config, Schema::UpToDate).await?;
    let checked = look(&database).await;
    database.close().await?;
    let checked = checked?;
    checked.iter().for_each(print);
    let is_broken = checked.iter().any(|checked| matches!(checked.outcome, Outcome::Broken(_)));
    Ok(if is_broken { Finding::Broken } else { Finding::Sound })
}

async fn look(database: &Database) -> anyhow::Result<Vec<Checked>> {
    let mut owner = database.owner().connect().await?;
    let mut connection = database.desk.acquire().await?;
    Ok(check(&mut connection, owner.as_mut()).await?)
}

fn print(Checked { invariant, outcome }: &Checked) {
    match outcome {
        Outcome::Holds => println!("ok          {invariant}"),
        Outcome::NotChecked(why) => println!("not checked {invariant}: {why}"),
        Outcome::Broken(against) => {
            println!("BROKEN      {invariant}");
            for one in against {
                println!("            - {one}");
            }
        }
    }
}
