//! SQL of the assessment: one query a figure. What is written and published stands in `store/editions.rs`, passages in `store/excerpts.rs`.

pub(super) mod editions;
pub(super) mod excerpts;

use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

use super::fact::{Beside, Counted, Decided, Declared, Leavings, Participant, Sendings, Span, Whose};
use crate::{
    applications::Baseline,
    calendar,
    criteria::Sector,
    ids::{ApplicationId, CampaignId},
    participation::{Cause, Month, Tenths, ends_on},
    problem::Problem,
};

fn whose(application: i64, sector: &str) -> Result<Whose, Problem> {
    let sector = sector.parse::<Sector>().map_err(anyhow::Error::from)?;
    Ok(Whose { participant: ApplicationId(application), sector })
}

/// The days of a participation, as the campaign has them today.
fn span(began_on: Date, ended_on: Option<Date>, (campaign_ends_on, rule): (Date, &str)) -> Result<Span, Problem> {
    let began_on = calendar::civil(began_on);
    let rule = rule.parse().map_err(|_| anyhow::anyhow!("no such end of participations: {rule}"))?;
    let last_day = ended_on.map_or_else(|| ends_on(began_on, rule, calendar::civil(campaign_ends_on)), calendar::civil);
    Ok(Span { began_on, last_day })
}

fn month(first: Date) -> Month {
    Month::of(calendar::civil(first))
}

fn counted(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Participants by sector: everybody whose access opened.
pub(super) async fn find_participants(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Participant>, Problem> {
    let rows = sqlx::query!(
        r#"select p.application_id as "application_id!", s.sector, p.cause as "cause?"
        from participations p join standings s on s.application_id = p.application_id
        where s.campaign_id = $1 order by p.application_id"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    let participant = |(application, sector, cause): (i64, String, Option<String>)| {
        let ended = cause.map(|cause| cause.parse::<Cause>()).transpose().map_err(anyhow::Error::from)?;
        Ok(Participant { whose: whose(application, &sector)?, ended })
    };
    rows.into_iter().map(|row| participant((row.application_id, row.sector, row.cause))).collect()
}

/// Two sides of a number, of a month.
struct CountedRow {
    application_id: i64,
    sector: String,
    month: Date,
    through_fc: i64,
    in_all: i64,
}

impl TryFrom<CountedRow> for Counted {
    type Error = Problem;

    fn try_from(row: CountedRow) -> Result<Self, Problem> {
        Ok(Self {
            whose: whose(row.application_id, &row.sector)?,
            month: month(row.month),
            through_fc: counted(row.through_fc),
            in_all: counted(row.in_all),
        })
    }
}

/// Connections through FranceConnect and in all, by the last version of each report.
pub(super) async fn find_connections(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Counted>, Problem> {
    let rows = sqlx::query_as!(
        CountedRow,
        "select distinct on (r.application_id, r.month) r.application_id, s.sector, r.month, r.connections_through_fc as through_fc,
            r.connections as in_all
        from monthly_reports r join standings s on s.application_id = r.application_id
        where s.campaign_id = $1 order by r.application_id, r.month, r.number desc",
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Counted::try_from).collect()
}

/// Accounts created through FranceConnect and in all, by the last version of each report.
pub(super) async fn find_accounts(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Counted>, Problem> {
    let rows = sqlx::query_as!(
        CountedRow,
        "select distinct on (r.application_id, r.month) r.application_id, s.sector, r.month, r.accounts_through_fc as through_fc,
            r.accounts as in_all
        from monthly_reports r join standings s on s.application_id = r.application_id
        where s.campaign_id = $1 order by r.application_id, r.month, r.number desc",
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Counted::try_from).collect()
}

/// Each reported month beside an ordinary one before FranceConnect.
pub(super) async fn find_beside_baseline(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Beside>, Problem> {
    let rows = sqlx::query!(
        r#"select distinct on (r.application_id, r.month) r.application_id, s.sector, r.month, r.connections, r.accounts,
            p.baseline as "baseline!: Json<Baseline>", p.began_on as "began_on!", p.ended_on as "ended_on?",
            p.campaign_ends_on as "campaign_ends_on!", p.participation_ends as "participation_ends!"
        from monthly_reports r join standings s on s.application_id = r.application_id
        join participations p on p.application_id = r.application_id
        where s.campaign_id = $1 order by r.application_id, r.month, r.number desc"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Beside {
                whose: whose(row.application_id, &row.sector)?,
                month: month(row.month),
                span: span(row.began_on, row.ended_on, (row.campaign_ends_on, &row.participation_ends))?,
                connections: counted(row.connections),
                accounts: counted(row.accounts),
                baseline: row.baseline.0,
            })
        })
        .collect()
}

/// The growth of traffic participants put down to FranceConnect, by the last version of each report.
pub(super) async fn find_declared_growth(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Declared>, Problem> {
    let rows = sqlx::query!(
        r#"select distinct on (r.application_id, r.month) r.application_id, s.sector, r.month, r.growth,
            p.began_on as "began_on!", p.ended_on as "ended_on?", p.campaign_ends_on as "campaign_ends_on!",
            p.participation_ends as "participation_ends!"
        from monthly_reports r join standings s on s.application_id = r.application_id
        join participations p on p.application_id = r.application_id
        where s.campaign_id = $1 order by r.application_id, r.month, r.number desc"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Declared {
                whose: whose(row.application_id, &row.sector)?,
                month: month(row.month),
                span: span(row.began_on, row.ended_on, (row.campaign_ends_on, &row.participation_ends))?,
                growth: Tenths(row.growth),
            })
        })
        .collect()
}

/// What became of the places that were granted, and of complete candidatures before a decision.
pub(super) async fn find_leavings(connection: &mut PgConnection, campaign: CampaignId) -> Result<Leavings, Problem> {
    let row = sqlx::query!(
        r#"select count(*) filter (where granted_at is not null) as "granted!",
            count(*) filter (where granted_at is not null and left_because = 'revoked') as "revoked!",
            count(*) filter (where granted_at is not null and left_because = 'renounced') as "renounced!",
            count(*) filter (where granted_at is not null and left_because = 'unconfirmed') as "unconfirmed!",
            count(*) filter (where left_because = 'withdrawn') as "withdrawn!"
        from standings where campaign_id = $1"#,
        campaign.0
    )
    .fetch_one(connection)
    .await?;
    Ok(Leavings {
        granted: counted(row.granted),
        revoked: counted(row.revoked),
        renounced: counted(row.renounced),
        unconfirmed: counted(row.unconfirmed),
        withdrawn: counted(row.withdrawn),
    })
}

/// The day each decided candidature was complete, and the day of its first signed decision. A version that missing items were asked of was not
/// complete, nor were those before it.
pub(super) async fn find_delays(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Decided>, Problem> {
    let rows = sqlx::query!(
        r#"select min(v.submitted_at) as "complete_at!: OffsetDateTime", d.decided_at as "decided_at!: OffsetDateTime"
        from applications a
        join lateral (
            select version, decided_at from decisions
            where application_id = a.id and outcome in ('approved', 'refused') order by id limit 1
        ) d on true
        join application_versions v on v.application_id = a.id and v.number <= d.version
            and v.number > coalesce((select max(m.version) from missing_item_requests m where m.application_id = a.id and m.version <= d.version), 0)
        where a.campaign_id = $1 and a.kind = 'experiment'
        group by a.id, d.decided_at order by a.id"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    let decided = |(complete_at, decided_at)| Decided {
        complete_on: calendar::paris_date(complete_at),
        decided_on: calendar::paris_date(decided_at),
    };
    Ok(rows.into_iter().map(|row| decided((row.complete_at, row.decided_at))).collect())
}

/// The days of each participation, and the Paris day on which the report of each month was first sent.
pub(super) async fn find_sendings(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<Sendings>, Problem> {
    let rows = sqlx::query!(
        r#"select p.application_id as "application_id!", s.sector, p.began_on as "began_on!", p.ended_on as "ended_on?", p.cause as "cause?",
            p.campaign_ends_on as "campaign_ends_on!", p.participation_ends as "participation_ends!",
            coalesce(array_agg(r.month order by r.month) filter (where r.month is not null), '{}') as "months!",
            coalesce(array_agg((r.sent_at at time zone 'Europe/Paris')::date order by r.month) filter (where r.month is not null), '{}') as "days!"
        from participations p join standings s on s.application_id = p.application_id
        left join monthly_reports r on r.application_id = p.application_id and r.number = 1
        where s.campaign_id = $1
        group by p.application_id, s.sector, p.began_on, p.ended_on, p.cause, p.campaign_ends_on, p.participation_ends
        order by p.application_id"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Sendings {
                whose: whose(row.application_id, &row.sector)?,
                span: span(row.began_on, row.ended_on, (row.campaign_ends_on, &row.participation_ends))?,
                is_revoked: row.cause.as_deref().is_some_and(|cause| cause.parse() == Ok(Cause::Revocation)),
                sent: row.months.into_iter().map(month).zip(row.days.into_iter().map(calendar::civil)).collect(),
            })
        })
        .collect()
}
