//! One organisation per SIRET, whoever names it first and however many at once.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Facts, store};
use crate::{
    ids::OrganisationId,
    journal::{self, By, Event, Subject},
    problem::Problem,
};

/// The organisation these facts are about: written down if nobody had, brought up to date if the register knows better than what was
/// declared or read earlier. What somebody declares never replaces what is there.
///
/// # Errors
/// The database's.
pub async fn find_or_create(connection: &mut PgConnection, by: &By, facts: &Facts, now: OffsetDateTime) -> Result<OrganisationId, Problem> {
    let entity = facts.entity(now);
    let (siret, source) = (entity.siret.as_str().to_owned(), entity.source.to_string());
    let (organisation, event) = if let Some(organisation) = store::add(connection, &entity, now).await? {
        (organisation, Event::OrganisationRecorded { siret, source })
    } else if let Some(organisation) = store::refresh(connection, &entity).await? {
        (organisation, Event::OrganisationRefreshed { siret, source })
    } else {
        return store::find_id(connection, &entity.siret).await;
    };
    journal::record(connection, by, Subject::organisation(organisation), &event, now).await?;
    Ok(organisation)
}
