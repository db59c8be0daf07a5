//! SQL of organisations; that of memberships is in `membership/store.rs`.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use super::{LegalEntity, Organisation, Siret, Source, State};
use crate::{ids::OrganisationId, problem::Problem};

pub(in crate::organisations) struct OrganisationRow {
    pub(in crate::organisations) id: i64,
    pub(in crate::organisations) siret: String,
    pub(in crate::organisations) name: String,
    pub(in crate::organisations) legal_category: String,
    pub(in crate::organisations) activity_code: String,
    pub(in crate::organisations) street: String,
    pub(in crate::organisations) postal_code: String,
    pub(in crate::organisations) town: String,
    pub(in crate::organisations) establishment_created_on: Option<time::Date>,
    pub(in crate::organisations) state: String,
    pub(in crate::organisations) partial_disclosure: bool,
    pub(in crate::organisations) source: String,
    pub(in crate::organisations) observed_at: OffsetDateTime,
    pub(in crate::organisations) facts: Option<Json<LegalEntity>>,
}

impl TryFrom<OrganisationRow> for Organisation {
    type Error = Problem;

    fn try_from(row: OrganisationRow) -> Result<Self, Problem> {
        Ok(Self {
            id: OrganisationId(row.id),
            siret: Siret::try_from(row.siret).map_err(anyhow::Error::from)?,
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
            facts: row.facts.map(|facts| facts.0),
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
        r#"select id, siret, name, legal_category, activity_code, street, postal_code, town, establishment_created_on, state,
            partial_disclosure, source, observed_at, facts as "facts: Json<LegalEntity>"
        from organisations where id = $1"#,
        id.0
    )
    .fetch_one(connection)
    .await?
    .try_into()
}

/// An organisation by its SIRET.
pub(super) async fn find_by_siret(connection: &mut PgConnection, siret: &Siret) -> Result<Option<Organisation>, Problem> {
    sqlx::query_as!(
        OrganisationRow,
        r#"select id, siret, name, legal_category, activity_code, street, postal_code, town, establishment_created_on, state,
            partial_disclosure, source, observed_at, facts as "facts: Json<LegalEntity>"
        from organisations where siret = $1"#,
        siret.as_str()
    )
    .fetch_optional(connection)
    .await?
    .map(Organisation::try_from)
    .transpose()
}

/// The number of the organisation that has that SIRET.
pub(super) async fn find_id(connection: &mut PgConnection, siret: &Siret) -> Result<OrganisationId, Problem> {
    let id = sqlx::query_scalar!("select id from organisations where siret = $1", siret.as_str()).fetch_one(connection).await?;
    Ok(OrganisationId(id))
}

/// Writes an organisation down; nothing when its SIRET already is.
pub(super) async fn add(
    connection: &mut PgConnection,
    entity: &LegalEntity,
    now: OffsetDateTime,
) -> Result<Option<OrganisationId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into organisations (siret, name, legal_category, activity_code, street, postal_code, town, establishment_created_on,
            state, partial_disclosure, source, observed_at, facts, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (siret) do nothing
        returning id",
        entity.siret.as_str(),
        name_of(entity)?,
        category_of(entity),
        entity.activity_code,
        entity.street,
        entity.postal_code,
        entity.town,
        entity.establishment_created_on,
        entity.state().to_string(),
        entity.partial_disclosure,
        entity.source.to_string(),
        entity.observed_at,
        facts_of(entity) as _,
        now
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(OrganisationId))
}

/// Replaces what was declared, or read earlier, by what a register tells; nothing when what is there is as new, or when it is only declared.
pub(super) async fn refresh(connection: &mut PgConnection, entity: &LegalEntity) -> Result<Option<OrganisationId>, Problem> {
    let id = sqlx::query_scalar!(
        "update organisations set name = $2, activity_code = $4,
            -- who holds a place of the experiment stays private here until a person looks into it: the facts say what the register tells
            legal_category = case when is_public_category($3) and exists (select from standings
                where organisation_id = organisations.id and place_number is not null) then legal_category else $3 end,
            street = $5, postal_code = $6, town = $7,
            establishment_created_on = $8, state = $9, partial_disclosure = $10, source = $11, observed_at = $12,
            facts = $13
        where siret = $1 and $11 <> 'declared' and (source = 'declared' or observed_at < $12)
        returning id",
        entity.siret.as_str(),
        name_of(entity)?,
        category_of(entity),
        entity.activity_code,
        entity.street,
        entity.postal_code,
        entity.town,
        entity.establishment_created_on,
        entity.state().to_string(),
        entity.partial_disclosure,
        entity.source.to_string(),
        entity.observed_at,
        facts_of(entity) as _
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(OrganisationId))
}

/// The register holds a number it does not name: what was declared stays, marked as masked when it is.
pub(super) async fn save_disclosure(connection: &mut PgConnection, siret: &Siret, partial: bool) -> Result<(), Problem> {
    sqlx::query!(
        "update organisations set partial_disclosure = $2 where siret = $1 and source = 'declared' and partial_disclosure <> $2",
        siret.as_str(),
        partial
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// `decide` lets no nameless organisation through: it is declared instead.
fn name_of(entity: &LegalEntity) -> Result<&str, Problem> {
    entity.name.as_deref().ok_or_else(|| anyhow::anyhow!("the register does not name {}", entity.siret.as_str()).into())
}

/// What the register told; a declaration is no fact of the register.
fn facts_of(entity: &LegalEntity) -> Option<Json<&LegalEntity>> {
    (entity.source != Source::Declared).then_some(Json(entity))
}

fn category_of(entity: &LegalEntity) -> String {
    entity.legal_category.map(|category| category.to_string()).unwrap_or_default()
}
