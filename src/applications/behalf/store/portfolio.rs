//! SQL of a vendor's clients.

use sqlx::PgConnection;

use crate::{
    applications::{
        Kind, State,
        behalf::{Entry, Holding},
    },
    ids::{AccountId, ApplicationId, OrganisationId},
    organisations::Siret,
    problem::Problem,
};

/// The clients of the organisations a person is a verified member of, by name, and what is filed for each by whoever of the vendor.
///
/// # Errors
/// The database's.
pub async fn list_clients(connection: &mut PgConnection, reader: AccountId) -> Result<Vec<Holding>, Problem> {
    let rows = sqlx::query!(
        r#"with clients as (
            select distinct on (vendor_id, client_id) vendor_id, client_id, ended_at is null as lasts,
                first_value(declared_name) over (partition by vendor_id, client_id
                    order by declared_name is null, declared_at desc) as declared_name
            from representations
            where vendor_id in (select organisation_id from memberships where account_id = $1 and verified_at is not null)
            order by vendor_id, client_id, ended_at is not null, declared_at desc)
        select vendor_id, vendor.name as vendor_name, client_id, client.siret, lasts as "lasts!",
            case when client.source = 'declared' then coalesce(declared_name, client.name) else client.name end as "name!",
            a.id as "application?", a.kind as "kind?", a.state as "state?", a.service_name as "service_name?", a.updated_at as "updated_at?",
            v.submitted_at as "submitted_at?", a.applicant_id <> $1 as "of_a_colleague?",
            p.given_name || ' ' || p.family_name as "author?",
            exists (select from objections where application_id = a.id and lifted_at is null) as "is_objected!"
        from clients
        join organisations vendor on vendor.id = vendor_id
        join organisations client on client.id = client_id
        left join applications a on a.represented_by = vendor_id and a.organisation_id = client_id
            and (a.applicant_id = $1 or a.state <> 'withdrawn' or a.version > 0) and a.state <> 'deleted'
        left join application_versions v on v.application_id = a.id and v.number = a.version
        left join accounts p on p.id = a.applicant_id
        where lasts or a.id is not null
        order by "name!", client_id, vendor_id, a.id desc"#,
        reader.0
    )
    .fetch_all(connection)
    .await?;
    let mut holdings: Vec<Holding> = Vec::new();
    for row in rows {
        let (vendor, client) = (OrganisationId(row.vendor_id), OrganisationId(row.client_id));
        if holdings.last().is_none_or(|last| (last.vendor, last.client) != (vendor, client)) {
            holdings.push(Holding {
                vendor,
                vendor_name: row.vendor_name,
                client,
                siret: Siret::try_from(row.siret).map_err(anyhow::Error::from)?,
                name: row.name,
                lasts: row.lasts,
                entries: Vec::new(),
            });
        }
        if let (Some(last), Some(id), Some(kind), Some(state), Some(service_name), Some(updated_at)) =
            (holdings.last_mut(), row.application, row.kind, row.state, row.service_name, row.updated_at)
        {
            last.entries.push(Entry {
                id: ApplicationId(id),
                kind: kind.parse::<Kind>().map_err(anyhow::Error::from)?,
                state: state.parse::<State>().map_err(anyhow::Error::from)?,
                service_name,
                updated_at,
                submitted_at: row.submitted_at,
                colleague: row.author.filter(|_| row.of_a_colleague == Some(true)),
                is_objected: row.is_objected,
            });
        }
    }
    Ok(holdings)
}
