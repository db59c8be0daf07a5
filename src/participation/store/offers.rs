//! SQL of the places that a participant has to confirm.

use sqlx::PgConnection;

use crate::{
    calendar,
    ids::{AccountId, AuthorizationId},
    participation::PlaceToConfirm,
    problem::Problem,
};

/// The places that somebody has to confirm: those of the candidatures they filed, of the organisations they are a verified member of, and of the
/// clients these file for; the first to lapse first.
///
/// # Errors
/// The database's.
pub async fn find_places_to_confirm(connection: &mut PgConnection, reader: AccountId) -> Result<Vec<PlaceToConfirm>, Problem> {
    let rows = sqlx::query!(
        r#"select given.id as "authorization!", given.service as "service!", given.holder as "holder!", offer.answer_by as "answer_by!"
        from open_offers offer join applications demande on demande.id = offer.application_id
        join lateral (
            select id, content #>> '{service,name}' as service, organisation ->> 'name' as holder
            from authorizations where application_id = demande.id order by version desc limit 1
        ) given on true
        where demande.applicant_id = $1
            or demande.organisation_id in (select organisation_id from memberships where account_id = $1 and verified_at is not null)
            or demande.represented_by in (select organisation_id from memberships where account_id = $1 and verified_at is not null)
        order by offer.answer_by, offer.application_id"#,
        reader.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| PlaceToConfirm {
            authorization: AuthorizationId(row.authorization),
            service: row.service,
            holder: row.holder,
            answer_by: calendar::civil(row.answer_by),
        })
        .collect())
}
