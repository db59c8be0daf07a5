//! What a participant has to send, for the first page they open.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Standing,
    store::{
        find_of_reader,
        reports::{Counts, find_counts},
    },
};
use crate::{authorizations, calendar, experimentation::find_open_offers_of, ids::AccountId, problem::Problem, web::ToDo};

/// The places somebody has to confirm, and the reports that their participations await that day, each with its last day.
///
/// # Errors
/// The database's.
pub async fn find_to_do(connection: &mut PgConnection, reader: AccountId, now: OffsetDateTime) -> Result<Vec<ToDo>, Problem> {
    let today = calendar::paris_date(now);
    let participations = find_of_reader(connection, reader).await?;
    let counts = if participations.is_empty() { Counts::new() } else { find_counts(connection).await? };
    let mut to_do = Vec::new();
    for offer in find_open_offers_of(connection, reader).await? {
        let Some(right) = authorizations::find_of_application(connection, offer.application).await? else { continue };
        let right = authorizations::find(connection, right).await?;
        let by = calendar::date_in_full(offer.answer_by);
        to_do.push(ToDo {
            title: format!("Place à confirmer au plus tard le {by}"),
            says: format!("{}, {}, expérimentation", right.content.service.name, right.organisation.name),
            label: "Confirmer la place".into(),
            href: format!("/habilitations/{}/place", right.id.0),
        });
    }
    for participation in participations {
        let sent = |month| counts.get(&participation.application).and_then(|of_one| of_one.get(&month)).copied().unwrap_or_default();
        for month in participation.months() {
            let standing = participation.standing(month, today, sent(month));
            let due = calendar::date_in_full(month.due_on());
            let title = match standing {
                Standing::Due { .. } => format!("Rapport {} à remettre au plus tard le {due}", month.with_of()),
                Standing::Late { .. } => format!("Rapport {} en retard, attendu le {due}", month.with_of()),
                _ => continue,
            };
            to_do.push(ToDo {
                title,
                says: format!("{}, {}, expérimentation", participation.service, participation.holder),
                label: format!("Remplir le rapport {}", month.with_of()),
                href: format!("/habilitations/{}/rapports/{month}", participation.authorization.0),
            });
        }
    }
    Ok(to_do)
}
