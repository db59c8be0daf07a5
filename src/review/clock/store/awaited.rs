//! SQL of the decisions that will be implicit.

use sqlx::PgConnection;

use crate::{
    applications::State,
    calendar,
    config::SilenceEffect,
    ids::ApplicationId,
    problem::Problem,
    review::clock::{Awaited, Sought},
};

/// The decisions that will be implicit, and the acceptances that wait for a signature, the soonest first.
///
/// # Errors
/// The database's.
pub async fn find_awaited(connection: &mut PgConnection, most: i64) -> Result<Vec<Awaited>, Problem> {
    let rows = sqlx::query!(
        r#"select a.id, version.organisation ->> 'name' as "organisation!", a.service_name, a.state,
            coalesce(silence.effect, version.silence_effect) as "effect!", coalesce(silence.decided_on, a.silence_decides_on) as "on!",
            silence.effect is not null as "is_decided!", a.reopened_from is not null as "is_change!", owner.given_name || ' ' || owner.family_name as owner,
            (select count(*) from opinion_requests request where request.application_id = a.id and request.version = a.version
                and not exists (select from opinions where application_id = a.id and version = a.version
                    and service = request.service)) as "opinions_awaited!",
            exists (select from objections where application_id = a.id and lifted_at is null and read_at is null) as "has_objection!",
            exists (select from prepared_decisions where application_id = a.id) as "is_prepared!"
        from applications a
            join application_versions version on version.application_id = a.id and version.number = a.version
            left join silence_decisions silence on silence.application_id = a.id
                and silence.version >= clock_starts_with(a.id, a.version)
            left join accounts owner on owner.id = a.assigned_to
        where a.state in ('submitted', 'changes_requested') and (a.silence_decides_on is not null or silence.effect is not null)
        order by coalesce(silence.decided_on, a.silence_decides_on), a.id limit $1"#,
        most
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Awaited {
                application: ApplicationId(row.id),
                organisation: row.organisation,
                service: row.service_name,
                state: row.state.parse::<State>().map_err(anyhow::Error::from)?,
                effect: row.effect.parse::<SilenceEffect>().map_err(anyhow::Error::from)?,
                on: calendar::civil(row.on),
                is_decided: row.is_decided,
                sought: if row.is_change { Sought::Change } else { Sought::Right },
                owner: row.owner,
                opinions_awaited: row.opinions_awaited,
                has_objection: row.has_objection,
                is_prepared: row.is_prepared,
            })
        })
        .collect()
}
