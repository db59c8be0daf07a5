//! The line of every campaign, replayed from its facts and compared with the tables that hold it.

use sqlx::PgConnection;

use super::store;
use crate::{
    criteria::Sector,
    experimentation::{self, Line, line::Stand},
    problem::Problem,
};

/// As many as are worth telling.
const MOST: usize = 20;

/// Campaigns whose line is not the one its facts give: who waits, who holds a place, what is kept for each sector.
///
/// # Errors
/// The database's.
pub async fn find_departed(connection: &mut PgConnection) -> Result<Vec<String>, Problem> {
    let mut against = Vec::new();
    for campaign in store::lines::find_campaigns(connection).await? {
        let facts = experimentation::find_facts(connection, campaign).await?;
        let line = match Line::replay(facts) {
            Ok(line) => line,
            Err(fault) => {
                against.push(format!("campaign {campaign}: {fault}"));
                continue;
            }
        };
        against.extend(line.faults().into_iter().map(|fault| format!("campaign {campaign}: {fault}")));
        let found = experimentation::find_candidates(connection, campaign).await?;
        for (application, candidate) in &found {
            match line.candidates().get(application) {
                None => against.push(format!("{application} stands in the line, its facts say that it left")),
                Some(given) if given != candidate => {
                    against.push(format!("{application} is {}, its facts make it {}", said(candidate), said(given)));
                }
                Some(_) => {}
            }
        }
        let gone = line.candidates().keys().filter(|application| !found.iter().any(|(found, _)| found == *application));
        against.extend(gone.map(|application| format!("{application} is in no line, its facts say that it stands in one")));
        for sector in Sector::ALL {
            let (laid, held) = store::lines::count_pool(connection, campaign, *sector).await?;
            let (kept, taken) = (line.kept(*sector), line.taken_by(*sector));
            if (laid, held) != (kept, kept.min(taken)) {
                against.push(format!(
                    "campaign {campaign} keeps {laid} places for {sector}, {held} of them held: {kept} and {}",
                    kept.min(taken)
                ));
            }
        }
        let (laid, holders) = store::lines::count_places(connection, campaign).await?;
        if (laid, holders) != (line.capacity(), line.taken()) {
            against.push(format!("campaign {campaign} has {laid} places, {holders} held: {} and {}", line.capacity(), line.taken()));
        }
    }
    against.truncate(MOST);
    Ok(against)
}

/// Who stands in a line, or holds a place, and is not who may.
///
/// # Errors
/// The database's.
pub async fn find_astray(connection: &mut PgConnection) -> Result<Vec<String>, Problem> {
    let mut against = store::lines::find_standings_astray(connection).await?;
    let public = experimentation::find_public_holders(connection, None).await?.into_iter();
    against.extend(public.map(|it| format!("{}: the register says that who holds its place is a public body", it.application)));
    against.truncate(MOST);
    Ok(against)
}

fn said(candidate: &experimentation::line::Candidate) -> String {
    let stand: Stand = candidate.stand;
    let nature = if candidate.is_public { ", public" } else { "" };
    format!("{stand} at turn {} in {}{nature} for {}", candidate.turn, candidate.sector, candidate.siren)
}
