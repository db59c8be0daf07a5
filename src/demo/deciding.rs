//! A decision that waits for a signature, and texts to answer with.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use crate::{
    accounts::Reviewer,
    applications::Kind,
    ids::ApplicationId,
    problem::Problem,
    review::{
        Outcome,
        decisions::{Writing, prepare},
        templates::{Wording, create},
    },
};

/// The texts of the demonstration: for what, its title, what it says.
const TEXTS: [(Outcome, Option<Kind>, &str, &str); 3] = [
    (
        Outcome::Approved,
        Some(Kind::Administration),
        "Bienvenue à une collectivité",
        "Bienvenue parmi les services qui utilisent FranceConnect. Avant la mise en production de « {service} », pensez à informer vos usagers.",
    ),
    (
        Outcome::ChangesRequested,
        None,
        "Justifier une donnée",
        "Bonjour,\n\nVotre demande {numero} est bien avancée. Dites dans quel cas {organisme} a besoin de chaque donnée signalée ci-dessous, ou retirez-la. Nous visons une réponse avant le {echeance}.",
    ),
    (
        Outcome::Refused,
        None,
        "Données sans rapport avec le service",
        "les données demandées pour « {service} » le {depot} ne servent pas à reconnaître l’usager ni à traiter sa démarche.",
    ),
];

/// Prepares the approval of a demande, and writes the texts.
pub(super) async fn prepare_decisions(
    connection: &mut PgConnection,
    by: &Reviewer,
    to_sign: ApplicationId,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let message = "Bonne mise en service !".into();
    let writing = Writing { shown: 1, read: 0, outcome: Outcome::Approved, ground: None, in_law: String::new(), message };
    prepare(connection, by, to_sign, writing, now - Duration::hours(3)).await?;
    for (act, kind, title, body) in TEXTS {
        let wording = Wording { title: title.into(), body: body.into() };
        create(connection, by, (act, kind), &wording, now - Duration::days(20)).await?;
    }
    Ok(())
}
