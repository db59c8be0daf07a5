//! SQL of what is filed for a client; `client.rs` what the client holds and says, `imports.rs` lists of clients, `portfolio.rs` a vendor's
//! clients and their demandes.

use sqlx::PgConnection;

use super::Vendor;
use crate::{
    applications::Application,
    ids::{AccountId, ApplicationId, OrganisationId},
    organisations::{self, Organisation, Siret},
    problem::Problem,
};

pub mod client;
pub mod imports;
pub mod portfolio;

/// Who files a demande for its organisation; nobody when the organisation does.
///
/// # Errors
/// The database's.
pub async fn find_vendor(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<Vendor>, Problem> {
    let row = sqlx::query!(
        r#"select v.id, v.siret, v.name,
            array(select domain from organisation_domains where organisation_id = v.id and removed_at is null
                except select domain from organisation_domains where organisation_id = a.organisation_id and removed_at is null) as "domains!",
            array(select email from memberships join accounts on accounts.id = account_id
                where organisation_id = v.id or account_id = a.applicant_id) as "people!"
        from applications a join organisations v on v.id = a.represented_by
        where a.id = $1"#,
        id.0
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Vendor {
            organisation: OrganisationId(row.id),
            siret: Siret::try_from(row.siret).map_err(anyhow::Error::from)?,
            name: row.name,
            domains: row.domains,
            people: row.people,
        })
    })
    .transpose()
}

/// The organisation of a demande as whoever files it names it: one of its people, or its vendor.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when the applicant belongs to it no more.
pub async fn find_organisation_of(connection: &mut PgConnection, application: &Application) -> Result<Organisation, Problem> {
    match application.represented_by {
        Some(vendor) => organisations::find_client(connection, vendor, application.organisation).await,
        None => Ok(organisations::find_for(connection, application.applicant, application.organisation)
            .await?
            .ok_or(Problem::NotFound)?
            .organisation),
    }
}

/// Whether somebody is a verified member of the organisation that files the demande for its client.
///
/// # Errors
/// The database's.
pub async fn represents(connection: &mut PgConnection, account: AccountId, application: ApplicationId) -> Result<bool, Problem> {
    let found = sqlx::query_scalar!(
        "select m.account_id from applications a join memberships m on m.organisation_id = a.represented_by
        where a.id = $1 and m.account_id = $2 and m.verified_at is not null",
        application.0,
        account.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.is_some())
}

/// Whether the applicant may still file for that client: their vendor says that it acts for it, and they speak for the vendor. What was
/// declared stays until the end of the transaction.
pub(in crate::applications) async fn lock_mandate(
    connection: &mut PgConnection,
    vendor: &Vendor,
    application: &Application,
) -> Result<bool, Problem> {
    let lasts = organisations::lock_representation(connection, vendor.organisation, application.organisation).await?;
    Ok(lasts && represents(connection, application.applicant, application.id).await?)
}

/// Says who files a draft that was just started.
pub(in crate::applications) async fn save_vendor(
    connection: &mut PgConnection,
    id: ApplicationId,
    vendor: OrganisationId,
    copied_from: Option<ApplicationId>,
) -> Result<(), Problem> {
    sqlx::query!(
        "update applications set represented_by = $2, copied_from = $3 where id = $1 and represented_by is null",
        id.0,
        vendor.0,
        copied_from.map(|id| id.0)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The demande whose content a demande started with.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such demande.
pub async fn copied_from(connection: &mut PgConnection, id: ApplicationId) -> Result<Option<ApplicationId>, Problem> {
    let from = sqlx::query_scalar!("select copied_from from applications where id = $1", id.0).fetch_one(connection).await?;
    Ok(from.map(ApplicationId))
}
