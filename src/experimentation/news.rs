//! Letters about places, to applicants.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Candidature, Standing, store};
use crate::{
    accounts,
    notifications::{self, Letter, LineNews, Passage},
    problem::Problem,
};

/// A place became free, and is reserved for them.
pub(super) async fn tell_reserved(connection: &mut PgConnection, candidature: &Candidature, now: OffsetDateTime) -> Result<(), Problem> {
    write(connection, candidature, LineNews::PlaceReserved, of_reserved(), now).await
}

/// Their sector was corrected.
pub(super) async fn tell_sector(
    connection: &mut PgConnection,
    candidature: &Candidature,
    after: &Standing,
    reason: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    write(connection, candidature, LineNews::SectorCorrected, of_sector(after.sector.label(), reason, &after.sentence()), now).await
}

/// Each news of a line has an occasion of its own: one may come several times for a version.
async fn write(
    connection: &mut PgConnection,
    candidature: &Candidature,
    news: LineNews,
    says: Vec<Passage>,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let Some(applicant) = accounts::find_person(connection, candidature.applicant).await? else { return Ok(()) };
    let (id, about) = (candidature.about.application, candidature.about.clone());
    let occasion = format!("{id} {} at fact {}", news.name(), store::line::find_last_fact(connection, id).await?);
    let letter = Letter::LineNews { about, news, says };
    notifications::enqueue(connection, &occasion, &applicant.as_recipient(), &letter, now).await
}

/// What the letter of a reserved place says.
pub fn of_reserved() -> Vec<Passage> {
    vec![
        Passage {
            title: "Une place vous est réservée".into(),
            says: vec![
                "Une place de l’expérimentation s’est libérée et vous étiez en tête de la file : elle est réservée à votre candidature pendant son instruction.".into(),
                "Elle vous sera accordée si la décision signée est favorable. Ce n’est pas encore une habilitation.".into(),
            ],
        },
        Passage {
            title: "Ce que vous avez à faire".into(),
            says: vec!["Rien pour l’instant. Si l’équipe vous demande des pièces, envoyez-les dans le délai indiqué : passé ce délai, la place va à la candidature suivante.".into()],
        },
    ]
}

/// What the letter of a corrected sector says: the sector, why, and where the candidature stands now.
pub fn of_sector(sector: &str, reason: &str, sentence: &str) -> Vec<Passage> {
    vec![
        Passage {
            title: "Ce qui change".into(),
            says: vec![format!("L’équipe qui instruit votre candidature la range dans le secteur « {sector} »."), reason.to_owned()],
        },
        Passage { title: "Où en est votre candidature".into(), says: vec![sentence.to_owned()] },
        Passage {
            title: "Si vous n’êtes pas d’accord".into(),
            says: vec!["Répondez par message, en expliquant à quel secteur votre service contribue le plus.".into()],
        },
    ]
}
