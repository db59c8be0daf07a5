//! SQL of the line: its functions, which alone change it, and its facts.

use sqlx::{PgConnection, types::Json};
use time::OffsetDateTime;

use crate::{
    calendar,
    criteria::Sector,
    experimentation::{
        Fact, Leaving, Panel, Seat, Share, Shares,
        line::{Candidate, Stand},
    },
    ids::{ApplicationId, CampaignId},
    problem::Problem,
};

struct SeatRow {
    seated: Option<i64>,
    place: Option<i32>,
    pool: Option<String>,
}

fn seats(rows: Vec<SeatRow>) -> Vec<Seat> {
    let seat = |row: SeatRow| {
        let (application, place) = row.seated.zip(row.place)?;
        Some(Seat { application: ApplicationId(application), place, pool: row.pool.and_then(|pool| pool.parse().ok()) })
    };
    rows.into_iter().filter_map(seat).collect()
}

/// The line moves by time alone.
pub(in crate::experimentation) async fn pass(
    connection: &mut PgConnection,
    campaign: CampaignId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let day = calendar::paris_day(now);
    let rows = sqlx::query_as!(SeatRow, "select seated, place, pool from pass_line($1, $2, $3)", campaign.0, now, day);
    rows.fetch_all(connection).await.map(seats)
}

/// A candidature takes its turn; one that was there takes its turn anew, or keeps it.
pub(in crate::experimentation) async fn enter(
    connection: &mut PgConnection,
    application: ApplicationId,
    sector: Option<Sector>,
    keeps_turn: bool,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let rows = sqlx::query_as!(
        SeatRow,
        "select seated, place, pool from enter_line($1, $2, $3, $4, $5)",
        application.0,
        sector.map(|sector| sector.to_string()),
        keeps_turn,
        now,
        calendar::paris_day(now)
    );
    rows.fetch_all(connection).await.map(seats)
}

/// A candidature is out.
pub(in crate::experimentation) async fn leave(
    connection: &mut PgConnection,
    application: ApplicationId,
    because: Leaving,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let rows = sqlx::query_as!(
        SeatRow,
        "select seated, place, pool from leave_line($1, $2, $3, $4)",
        application.0,
        because.to_string(),
        now,
        calendar::paris_day(now)
    );
    rows.fetch_all(connection).await.map(seats)
}

/// The place that is reserved is granted.
pub(in crate::experimentation) async fn grant(
    connection: &mut PgConnection,
    application: ApplicationId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let day = calendar::paris_day(now);
    let rows = sqlx::query_as!(SeatRow, "select seated, place, pool from grant_place($1, $2, $3)", application.0, now, day);
    rows.fetch_all(connection).await.map(seats)
}

/// The sector is another one.
pub(in crate::experimentation) async fn correct_sector(
    connection: &mut PgConnection,
    application: ApplicationId,
    sector: Sector,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let rows = sqlx::query_as!(
        SeatRow,
        "select seated, place, pool from correct_sector($1, $2, $3, $4)",
        application.0,
        sector.to_string(),
        now,
        calendar::paris_day(now)
    );
    rows.fetch_all(connection).await.map(seats)
}

/// Capacity, shares and day of release are those.
pub(in crate::experimentation) async fn change_panel(
    connection: &mut PgConnection,
    campaign: CampaignId,
    capacity: u32,
    panel: &Panel,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<Seat>> {
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let (sectors, shares): (Vec<String>, Vec<Share>) = panel.shares.iter().map(|(sector, share)| (sector.to_string(), *share)).unzip();
    let rows = sqlx::query_as!(
        SeatRow,
        "select seated, place, pool from change_panel($1, $2, $3, $4, $5, $6, $7, $8)",
        campaign.0,
        number(capacity),
        panel.reserved_until,
        &sectors,
        &shares.iter().map(|share| number(share.floor)).collect::<Vec<_>>(),
        &shares.iter().map(|share| number(share.ceiling)).collect::<Vec<_>>(),
        now,
        calendar::paris_day(now)
    );
    rows.fetch_all(connection).await.map(seats)
}

/// Campaigns whose line may have to move by time alone: somebody waits, or the day of the release came.
///
/// # Errors
/// The database's.
pub async fn find_lines_to_move(connection: &mut PgConnection, day: time::Date) -> Result<Vec<CampaignId>, Problem> {
    let due = sqlx::query_scalar!(
        r#"select id from campaigns
        where not exists (select from places where campaign_id = id) or (not reserve_released and reserved_until <= $1)
            or exists (select from standings where campaign_id = id and standing = 'waiting')
        order by id"#,
        day
    )
    .fetch_all(connection)
    .await?;
    Ok(due.into_iter().map(CampaignId).collect())
}

/// Every fact of the line of a campaign with its moment, the first one first.
///
/// # Errors
/// The database's.
pub async fn find_facts(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<(i32, Fact)>, Problem> {
    let rows = sqlx::query!(
        r#"select moment, fact, application_id, turn, siren, sector, is_public, capacity, shares as "shares: Json<Shares>", is_released
        from line_facts where campaign_id = $1 order by number"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let application = ApplicationId(row.application_id.unwrap_or_default());
            let sector = row.sector.as_deref().map(str::parse::<Sector>).transpose().map_err(anyhow::Error::from)?;
            let is_public = row.is_public.unwrap_or_default();
            let fact = match (row.fact.as_str(), sector) {
                ("panel", _) => Fact::Panel {
                    capacity: row.capacity.unwrap_or_default().unsigned_abs(),
                    shares: row.shares.map(|shares| shares.0).unwrap_or_default(),
                    is_released: row.is_released.unwrap_or_default(),
                },
                ("released", _) => Fact::Released,
                ("entered", Some(sector)) => Fact::Entered {
                    application,
                    turn: row.turn.unwrap_or_default(),
                    siren: row.siren.unwrap_or_default(),
                    sector,
                    is_public,
                },
                ("left", _) => Fact::Left { application },
                ("granted", _) => Fact::Granted { application },
                ("sector", Some(sector)) => Fact::SectorCorrected { application, sector },
                ("nature", _) => Fact::NatureChanged { application, is_public },
                (other, _) => return Err(anyhow::anyhow!("{other} is no fact of a line").into()),
            };
            Ok((row.moment, fact))
        })
        .collect()
}

/// The number of the last fact of the line of a candidature's campaign.
pub(in crate::experimentation) async fn find_last_fact(connection: &mut PgConnection, application: ApplicationId) -> Result<i32, Problem> {
    let number = sqlx::query_scalar!(
        r#"select coalesce(max(number), 0) as "number!" from line_facts
        where campaign_id = (select campaign_id from applications where id = $1)"#,
        application.0
    )
    .fetch_one(connection)
    .await?;
    Ok(number)
}

/// Everybody in the line of a campaign, as the tables say.
///
/// # Errors
/// The database's.
pub async fn find_candidates(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<(ApplicationId, Candidate)>, Problem> {
    let rows = sqlx::query!(
        "select application_id, turn, siren, sector, counted_public, standing from standings where campaign_id = $1 and standing <> 'left'
        order by application_id",
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let candidate = candidate(row.turn, row.siren, &row.sector, row.counted_public, &row.standing)?;
            Ok((ApplicationId(row.application_id), candidate))
        })
        .collect()
}

/// A candidature of the line, as the table writes it.
pub(super) fn candidate(turn: i32, siren: String, sector: &str, is_public: bool, standing: &str) -> Result<Candidate, Problem> {
    let sector: Sector = sector.parse().map_err(anyhow::Error::from)?;
    let stand: Stand = standing.parse().map_err(anyhow::Error::from)?;
    Ok(Candidate { turn, siren, sector, is_public, stand })
}
