//! Dossiers being examined: held by somebody, discussed in notes, appraised in the grid, with opinions asked and given.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    accounts::{Reviewer, Staff},
    applications::Kind,
    ids::ApplicationId,
    problem::Problem,
    review::{
        grid::{self, Appraisal, Read, Wanted, criteria},
        notes,
        opinions::{self, Given, Service, View},
        queue,
    },
};

/// Who examines.
pub(super) struct Team<'a> {
    /// Instructs.
    pub reviewer: &'a Reviewer,
    /// Answers for DINUM's legal service.
    pub jurist: &'a Staff,
}

/// An administration's demande: held, noted, its grid begun, an opinion asked.
pub(super) async fn examine(connection: &mut PgConnection, team: &Team<'_>, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let at = |hours| now - Duration::hours(hours);
    queue::take(connection, team.reviewer, id, at(70)).await?;
    let reviewer = Staff::new(team.reviewer.person().clone()).ok_or(Problem::NotFound)?;
    let told = "Appelé la mairie : la régie ouvre le portail en mars, avec l’aide de leur éditeur.";
    notes::write(connection, &reviewer, id, told, Uuid::new_v4(), at(69)).await?;
    let rules = criteria(Kind::Administration);
    let wanted: Vec<Wanted> = rules
        .iter()
        .enumerate()
        .take(3)
        .map(|(place, rule)| match place {
            2 => Wanted { rule: *rule, appraisal: Appraisal::Unsure, note: "Avis demandé à la juriste.".into() },
            _ => Wanted { rule: *rule, appraisal: Appraisal::Met, note: String::new() },
        })
        .collect();
    grid::fill(connection, team.reviewer, id, Read { version: 1, seen: 0, confirms: false }, &wanted, at(68)).await?;
    let question = "Le portail sert aussi au paiement : l’arrêté de 2018 suffit-il ?";
    opinions::ask(connection, team.reviewer, id, 1, &[Service::Legal], question, at(68)).await
}

/// A candidature: both opinions asked, the legal service's given.
pub(super) async fn consult(connection: &mut PgConnection, team: &Team<'_>, id: ApplicationId, now: OffsetDateTime) -> Result<(), Problem> {
    let at = |hours| now - Duration::hours(hours);
    queue::take(connection, team.reviewer, id, at(40)).await?;
    let services = [Service::Legal, Service::FranceConnect];
    opinions::ask(connection, team.reviewer, id, 1, &services, "Première candidature de ce secteur.", at(39)).await?;
    let reasons =
        "La contribution au secteur est précise et les engagements sont pris. Réserve : la durée de conservation gagnerait à être réduite.";
    let given = Given { service: Service::Legal, view: View::Reserved, reasons: reasons.into() };
    opinions::give(connection, team.jurist, id, 1, given, at(20)).await?;
    let told = "Avis de la juriste reçu, celui de l’équipe FranceConnect attendu.";
    notes::write(connection, team.jurist, id, told, Uuid::new_v4(), at(19)).await?;
    Ok(())
}
