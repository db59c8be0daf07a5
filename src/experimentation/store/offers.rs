//! SQL of granted places that wait for their holder's answer.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    accounts::Applicant,
    calendar,
    experimentation::{Confirmed, Offer},
    ids::ApplicationId,
    problem::Problem,
};

struct OfferRow {
    id: i64,
    application_id: i64,
    offered_at: OffsetDateTime,
    answer_by: time::Date,
    confirmed_at: Option<OffsetDateTime>,
    confirmed_by: Option<String>,
}

impl From<OfferRow> for Offer {
    fn from(row: OfferRow) -> Self {
        let by = row.confirmed_by.unwrap_or_default();
        Self {
            id: row.id,
            application: ApplicationId(row.application_id),
            offered_on: calendar::paris_date(row.offered_at),
            answer_by: calendar::civil(row.answer_by),
            confirmed: row.confirmed_at.map(|at| Confirmed { at, by }),
        }
    }
}

/// What its holder is asked for a place, the last time one was granted; nothing when it was before confirming was a rule, or for what is no
/// candidature.
///
/// # Errors
/// The database's.
pub async fn find_offer(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<Offer>, Problem> {
    let row = sqlx::query_as!(
        OfferRow,
        r#"select offer.id, offer.application_id, offer.offered_at, offer.answer_by, answer.confirmed_at as "confirmed_at?",
            person.given_name || ' ' || person.family_name as confirmed_by
        from place_offers offer left join place_confirmations answer on answer.offer_id = offer.id
            left join accounts person on person.id = answer.confirmed_by
        where offer.application_id = $1 order by offer.id desc limit 1"#,
        application.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Offer::from))
}

/// The places that are held and not confirmed, whose last day is that one or before; the first to lapse first.
///
/// # Errors
/// The database's.
pub async fn find_open_offers(connection: &mut PgConnection, until: Date) -> Result<Vec<Offer>, Problem> {
    find_open(connection, Some(until), None).await
}

/// The offer of the place a candidature holds, while its holder has not confirmed it.
///
/// # Errors
/// The database's.
pub async fn find_open_offer(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<Offer>, Problem> {
    Ok(find_open(connection, None, Some(application)).await?.pop())
}

async fn find_open(connection: &mut PgConnection, until: Option<Date>, application: Option<ApplicationId>) -> Result<Vec<Offer>, Problem> {
    let rows = sqlx::query_as!(
        OfferRow,
        r#"select id as "id!", application_id as "application_id!", offered_at as "offered_at!", answer_by as "answer_by!",
            null::timestamptz as confirmed_at, null::text as confirmed_by
        from open_offers
        where ($1::date is null or answer_by <= $1) and ($2::bigint is null or application_id = $2)
        order by answer_by, application_id"#,
        until.map(calendar::kept),
        application.map(|application| application.0)
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(Offer::from).collect())
}

/// The days the campaign of a candidature gives to confirm a place today.
pub(in crate::experimentation) async fn find_days_to_answer(
    connection: &mut PgConnection,
    application: ApplicationId,
) -> Result<i32, Problem> {
    let days = sqlx::query_scalar!(
        "select answer_within_days from campaigns join standings on standings.campaign_id = campaigns.id where application_id = $1",
        application.0
    )
    .fetch_one(connection)
    .await?;
    Ok(days)
}

/// A place was granted: its holder has until that day.
pub(in crate::experimentation) async fn add_offer(
    connection: &mut PgConnection,
    application: ApplicationId,
    answer_by: Date,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    sqlx::query!(
        "insert into place_offers (application_id, offered_at, answer_by) values ($1, $2, $3)",
        application.0,
        now,
        calendar::kept(answer_by)
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Its holder confirmed it. Whether nobody had.
pub(in crate::experimentation) async fn add_confirmation(
    connection: &mut PgConnection,
    by: &Applicant,
    offer: &Offer,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let done = sqlx::query!(
        "insert into place_confirmations (offer_id, confirmed_by, confirmed_at) values ($1, $2, $3)
         on conflict on constraint place_confirmations_pkey do nothing",
        offer.id,
        by.person().account.0,
        now
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
