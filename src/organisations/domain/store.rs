//! SQL of confirmed domains.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{ConfirmedDomain, EmailDomain, Vouching};
use crate::{
    ids::{AccountId, DomainId, OrganisationId},
    problem::Problem,
};

struct DomainRow {
    id: i64,
    domain: String,
    confirmed_by: i64,
    confirmed_by_name: String,
    confirmed_at: OffsetDateTime,
    confirmed_because: Option<String>,
    removed_at: Option<OffsetDateTime>,
    removed_by: Option<i64>,
    removed_by_name: Option<String>,
    removed_because: Option<String>,
}

impl From<DomainRow> for ConfirmedDomain {
    fn from(row: DomainRow) -> Self {
        let removed = row.removed_at.zip(row.removed_by).map(|(at, by)| Vouching {
            at,
            by: AccountId(by),
            by_name: row.removed_by_name.unwrap_or_default(),
            because: row.removed_because,
        });
        Self {
            id: DomainId(row.id),
            domain: row.domain,
            confirmed: Vouching {
                at: row.confirmed_at,
                by: AccountId(row.confirmed_by),
                by_name: row.confirmed_by_name,
                because: row.confirmed_because,
            },
            removed,
        }
    }
}

/// Every domain an organisation ever vouched for: those that stand first, then the last removed.
///
/// # Errors
/// The database's.
pub async fn find_domains(connection: &mut PgConnection, organisation: OrganisationId) -> Result<Vec<ConfirmedDomain>, Problem> {
    let rows = sqlx::query_as!(
        DomainRow,
        r#"select d.id, domain, confirmed_by, confirmer.given_name || ' ' || confirmer.family_name as "confirmed_by_name!",
            d.confirmed_at, confirmed_because, removed_at, removed_by, remover.given_name || ' ' || remover.family_name as removed_by_name, removed_because
        from organisation_domains d join accounts confirmer on confirmer.id = confirmed_by left join accounts remover on remover.id = removed_by
        where organisation_id = $1
        order by removed_at is not null, removed_at desc, domain, d.id"#,
        organisation.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(ConfirmedDomain::from).collect())
}

/// Writes a domain down; nothing when it stands already.
pub(in crate::organisations) async fn add_domain(
    connection: &mut PgConnection,
    organisation: OrganisationId,
    domain: &EmailDomain,
    (by, because): (AccountId, Option<&str>),
    now: OffsetDateTime,
) -> Result<Option<DomainId>, Problem> {
    let id = sqlx::query_scalar!(
        "insert into organisation_domains (organisation_id, domain, confirmed_by, confirmed_at, confirmed_because)
        values ($1, $2, $3, $4, $5)
        on conflict (organisation_id, domain) where removed_at is null do nothing
        returning id",
        organisation.0,
        domain.as_str(),
        by.0,
        now,
        because
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(DomainId))
}

/// Keeps who removed a domain and why; false when somebody had.
pub(in crate::organisations) async fn save_removal(
    connection: &mut PgConnection,
    domain: DomainId,
    (by, because): (AccountId, Option<&str>),
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let removed = sqlx::query!(
        "update organisation_domains set removed_at = $2, removed_by = $3, removed_because = $4 where id = $1 and removed_at is null",
        domain.0,
        now,
        by.0,
        because
    )
    .execute(connection)
    .await?;
    Ok(removed.rows_affected() == 1)
}
