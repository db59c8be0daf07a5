//! SQL of participations. What a report holds stands in `store/reports.rs`, what is typed of one in `store/drafts.rs`, the places to
//! confirm in `store/offers.rs`.

pub(super) mod drafts;
pub(super) mod offers;
pub(super) mod reports;

use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

use super::{Cause, Ended, Participation, year};
use crate::{
    accounts::Reviewer,
    applications::Baseline,
    calendar,
    experimentation::ParticipationEnd,
    ids::{AccountId, ApplicationId, AuthorizationId, OrganisationId},
    problem::Problem,
};

struct ParticipationRow {
    application_id: i64,
    version: i32,
    organisation_id: i64,
    applicant_id: i64,
    authorization_id: i64,
    state: String,
    holder: String,
    service: String,
    baseline: Json<Baseline>,
    began_on: Date,
    campaign_ends_on: Date,
    participation_ends: String,
    ended_on: Option<Date>,
    cause: Option<String>,
}

impl TryFrom<ParticipationRow> for Participation {
    type Error = Problem;

    fn try_from(row: ParticipationRow) -> Result<Self, Problem> {
        let ended = match (row.ended_on, row.cause) {
            (Some(on), Some(cause)) => Some(Ended { on: calendar::civil(on), cause: cause.parse::<Cause>().map_err(anyhow::Error::from)? }),
            _ => None,
        };
        let began_on = calendar::civil(row.began_on);
        let rule = row.participation_ends.parse::<ParticipationEnd>().map_err(anyhow::Error::from)?;
        Ok(Self {
            application: ApplicationId(row.application_id),
            version: row.version,
            organisation: OrganisationId(row.organisation_id),
            authorization: AuthorizationId(row.authorization_id),
            state: row.state.parse().map_err(anyhow::Error::from)?,
            holder: row.holder,
            service: row.service,
            applicant: AccountId(row.applicant_id),
            began_on,
            ends_on: year::ends_on(began_on, rule, calendar::civil(row.campaign_ends_on)),
            ended,
            baseline: row.baseline.0,
        })
    }
}

/// The participation a candidature led to, if access opened.
///
/// # Errors
/// The database's.
pub async fn find_of_application(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<Participation>, Problem> {
    Ok(find(connection, Some(application), None).await?.pop())
}

/// Every participation, the oldest first.
///
/// # Errors
/// The database's.
pub async fn find_all(connection: &mut PgConnection) -> Result<Vec<Participation>, Problem> {
    find(connection, None, None).await
}

/// The participations somebody reads: those they filed for, those of organisations they are a verified member of, those of clients their
/// organisation files for; the oldest first.
///
/// # Errors
/// The database's.
pub async fn find_of_reader(connection: &mut PgConnection, reader: AccountId) -> Result<Vec<Participation>, Problem> {
    find(connection, None, Some(reader)).await
}

async fn find(
    connection: &mut PgConnection,
    application: Option<ApplicationId>,
    reader: Option<AccountId>,
) -> Result<Vec<Participation>, Problem> {
    let rows = sqlx::query_as!(
        ParticipationRow,
        r#"select application_id as "application_id!", version as "version!", organisation_id as "organisation_id!", applicant_id as "applicant_id!",
            authorization_id as "authorization_id!", state as "state!", holder as "holder!", service as "service!",
            baseline as "baseline!: Json<Baseline>", began_on as "began_on!", campaign_ends_on as "campaign_ends_on!",
            participation_ends as "participation_ends!", ended_on as "ended_on?", cause as "cause?"
        from participations
        where ($1::bigint is null or application_id = $1)
            and ($2::bigint is null or applicant_id = $2
                or organisation_id in (select organisation_id from memberships where account_id = $2 and verified_at is not null)
                or represented_by in (select organisation_id from memberships where account_id = $2 and verified_at is not null))
        order by began_on, application_id"#,
        application.map(|application| application.0),
        reader.map(|reader| reader.0)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Participation::try_from).collect()
}

/// The day the journey was found to conform: access did not open before.
pub(super) async fn find_conform_on(connection: &mut PgConnection, application: ApplicationId) -> Result<Date, Problem> {
    let day = sqlx::query_scalar!(r#"select checked_on as "checked_on!" from participations where application_id = $1"#, application.0)
        .fetch_one(connection)
        .await?;
    Ok(day)
}

/// The day on which the right in force, or the last one, changed.
pub(super) async fn find_right_changed_at(
    connection: &mut PgConnection,
    right: AuthorizationId,
) -> Result<Option<OffsetDateTime>, Problem> {
    let at = sqlx::query_scalar!("select state_changed_at from authorizations where id = $1", right.0).fetch_one(connection).await?;
    Ok(at)
}

/// Writes down the day access opened.
pub(super) async fn add_opening(
    connection: &mut PgConnection,
    by: &Reviewer,
    application: ApplicationId,
    opened_on: Date,
    because: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into access_openings (application_id, opened_on, because, said_by, author_name, said_at) values ($1, $2, $3, $4, $5, $6)",
        application.0,
        opened_on,
        because,
        by.person().account.0,
        by.person().full_name(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes down how a participation ended.
pub(super) async fn add_end(
    connection: &mut PgConnection,
    application: ApplicationId,
    ended: Ended,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into participation_ends (application_id, ended_on, cause, written_at) values ($1, $2, $3, $4)",
        application.0,
        calendar::kept(ended.on),
        ended.cause.to_string(),
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
