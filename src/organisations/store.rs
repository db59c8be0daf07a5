//! SQL of organisations and memberships.

use sqlx::PgConnection;

use super::{Organisation, Source, State};
use crate::{ids::OrganisationId, problem::Problem};

struct OrganisationRow {
    id: i64,
    siret: String,
    name: String,
    legal_category: String,
    activity_code: String,
    street: String,
    postal_code: String,
    town: String,
    establishment_created_on: Option<time::Date>,
    state: String,
    partial_disclosure: bool,
    source: String,
    observed_at: time::OffsetDateTime,
}

impl TryFrom<OrganisationRow> for Organisation {
    type Error = Problem;

    fn try_from(row: OrganisationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: OrganisationId(row.id),
            siret: row.siret,
            name: row.name,
            legal_category: row.legal_category,
            activity_code: row.activity_code,
            street: row.street,
            postal_code: row.postal_code,
            town: row.town,
            establishment_created_on: row.establishment_created_on,
            state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
            partial_disclosure: row.partial_disclosure,
            source: row.source.parse::<Source>().map_err(anyhow::Error::from)?,
            observed_at: row.observed_at,
        })
    }
}

/// An organisation by its number.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is none.
pub async fn find(connection: &mut PgConnection, id: OrganisationId) -> Result<Organisation, Problem> {
    sqlx::query_as!(
        OrganisationRow,
        "select id, siret, name, legal_category, activity_code, street, postal_code, town, establishment_created_on, state,
            partial_disclosure, source, observed_at
        from organisations where id = $1",
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}
