//! What a participant has to send, for the first page they open.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Awaited, Participation, Standing,
    destruction::{awaited, due_on, find_certified},
    store::{
        find_of_reader,
        offers::find_places_to_confirm,
        reports::{Counts, find_counts},
    },
};
use crate::{calendar, ids::AccountId, problem::Problem, web::ToDo};

/// The places somebody has to confirm, the reports that their participations await that day, each with its last day, and the certificate of those
/// that are over.
///
/// # Errors
/// The database's.
pub async fn find_to_do(connection: &mut PgConnection, reader: AccountId, now: OffsetDateTime) -> Result<Vec<ToDo>, Problem> {
    let today = calendar::paris_date(now);
    let participations = find_of_reader(connection, reader).await?;
    let counts = if participations.is_empty() { Counts::default() } else { find_counts(connection).await? };
    let is_one_over = participations.iter().any(|participation| participation.ended.is_some());
    let certified = if is_one_over { find_certified(connection).await? } else { BTreeMap::new() };
    let mut to_do = Vec::new();
    for place in find_places_to_confirm(connection, reader).await? {
        let by = calendar::date_in_full(place.answer_by);
        to_do.push(ToDo {
            title: format!("Place à confirmer au plus tard le {by}"),
            says: format!("{}, {}, expérimentation", place.service, place.holder),
            label: "Confirmer la place".into(),
            href: format!("/habilitations/{}/place", place.authorization.0),
        });
    }
    for participation in participations {
        for month in participation.months() {
            let standing = participation.standing(month, today, counts.of(participation.application, month));
            let due = calendar::date_in_full(month.due_on());
            let title = match standing {
                Standing::Awaited(Awaited::OnTime) => format!("Rapport {} à remettre au plus tard le {due}", month.with_of()),
                Standing::Awaited(Awaited::Late { .. }) => format!("Rapport {} en retard, attendu le {due}", month.with_of()),
                _ => continue,
            };
            to_do.push(ToDo {
                title,
                says: format!("{}, {}, expérimentation", participation.service, participation.holder),
                label: format!("Remplir le rapport {}", month.with_of()),
                href: format!("/habilitations/{}/rapports/{month}", participation.authorization.0),
            });
        }
        to_do.extend(to_certify(&participation, certified.contains_key(&participation.application), today));
    }
    Ok(to_do)
}

/// The certificate that a participation awaits once it is over.
fn to_certify(participation: &Participation, is_certified: bool, today: Date) -> Option<ToDo> {
    let due = calendar::date_in_full(due_on(participation.ended?));
    let title = match awaited(participation.ended, is_certified, today)? {
        Awaited::OnTime => format!("Attestation de fin à signer au plus tard le {due}"),
        Awaited::Late { .. } => format!("Attestation de fin en retard, attendue le {due}"),
    };
    Some(ToDo {
        title,
        says: format!("{}, {}, expérimentation", participation.service, participation.holder),
        label: "Signer l’attestation".into(),
        href: format!("/habilitations/{}/fin", participation.authorization.0),
    })
}
