//! SQL of the page of the panel: places one by one, heads of the lines, arrivals. Each reads a number of rows that the campaign bounds (its
//! places, its sectors, its days), however many candidatures came.

use sqlx::{PgConnection, types::Json};
use time::{Date, OffsetDateTime};

use crate::{
    criteria::Sector,
    experimentation::{
        InLine, NumberedPlace, Numbers, Prospect, PublicHolder,
        line::{Candidate, Line, Wait},
        numbered_place::Holder,
        store::{line::candidate, standing::why_waiting},
    },
    ids::{ApplicationId, CampaignId},
    organisations::{LegalCategory, Location, Region, Size},
    problem::Problem,
};

/// The places of a campaign by number, and who holds them; none before anybody looked at its line.
///
/// # Errors
/// The database's.
pub(in crate::experimentation) async fn find_places(
    connection: &mut PgConnection,
    campaign: CampaignId,
) -> Result<Vec<NumberedPlace>, Problem> {
    let rows = sqlx::query!(
        r#"select place.number, place.pool, held.application_id as "application?", held.sector as "sector?", held.standing as "standing?",
            held.since as "since?", held.turn as "turn?", organisation.name as "organisation?", organisation.postal_code as "postal_code?",
            organisation.facts ->> 'headcount_band' as headcount_band, organisation.facts -> 'location' as "location: Json<Location>"
        from places place left join standings held on (held.campaign_id, held.place_number) = (place.campaign_id, place.number)
            left join organisations organisation on organisation.id = held.organisation_id
        where place.campaign_id = $1 order by place.number"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let holder = match (row.application, row.sector, row.standing, row.since, row.turn) {
                (Some(application), Some(sector), Some(standing), Some(since), Some(turn)) => Some(Holder {
                    application: ApplicationId(application),
                    organisation: row.organisation.unwrap_or_default(),
                    sector: sector.parse().map_err(anyhow::Error::from)?,
                    stand: standing.parse().map_err(anyhow::Error::from)?,
                    since,
                    turn,
                    size: Size::of_band(&row.headcount_band.unwrap_or_default()),
                    region: Region::of(
                        &row.location.map_or(Location::NotTold, |location| location.0),
                        &row.postal_code.unwrap_or_default(),
                    ),
                }),
                _ => None,
            };
            // « libre » is no sector: the place is kept for nobody.
            Ok(NumberedPlace { number: row.number, kept_for: row.pool.parse().ok(), holder })
        })
        .collect()
}

/// Who holds a place, of that campaign or of any, though the register has called it a public body since; the lowest places first.
///
/// # Errors
/// The database's.
pub async fn find_public_holders(connection: &mut PgConnection, campaign: Option<CampaignId>) -> Result<Vec<PublicHolder>, Problem> {
    let rows = sqlx::query!(
        r#"select held.application_id, held.place_number as "place!", held.standing, organisation.name,
            organisation.facts ->> 'legal_category' as "category!"
        from standings held join organisations organisation on organisation.id = held.organisation_id
        where held.place_number is not null and is_public_category(organisation.facts ->> 'legal_category')
            and ($1::bigint is null or held.campaign_id = $1)
        order by held.campaign_id, held.place_number"#,
        campaign.map(|campaign| campaign.0)
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PublicHolder {
                application: ApplicationId(row.application_id),
                organisation: row.name,
                category: LegalCategory::parse(&row.category).ok_or_else(|| anyhow::anyhow!("« {} » is public", row.category))?,
                place: row.place,
                stand: row.standing.parse().map_err(anyhow::Error::from)?,
            })
        })
        .collect()
}

/// A candidature at the head of the line of its sector.
#[derive(Clone, Debug)]
pub(in crate::experimentation) struct Head {
    pub line: InLine,
    /// Since when it waits.
    pub since: OffsetDateTime,
    /// What keeps it from a place.
    pub wait: Option<Wait>,
}

/// The first ones of the line of each sector, that many at most, in their order.
///
/// # Errors
/// The database's.
pub(in crate::experimentation) async fn find_heads(
    connection: &mut PgConnection,
    campaign: CampaignId,
    numbers: &Numbers,
    most: i64,
) -> Result<Vec<Head>, Problem> {
    let rows = sqlx::query!(
        r#"select head.application_id, head.sector, head.since, head.is_public, organisation.name,
            exists (select from standings held where held.campaign_id = $1 and held.holder = head.siren) as "has_another!"
        from campaign_sectors share cross join lateral (
                select application_id, organisation_id, sector, since, is_public, siren, turn from standings
                where campaign_id = share.campaign_id and sector = share.sector and standing = 'waiting' order by turn limit $2) as head
            join organisations organisation on organisation.id = head.organisation_id
        where share.campaign_id = $1 order by head.sector, head.turn"#,
        campaign.0,
        most
    )
    .fetch_all(connection)
    .await?;
    let mut heads: Vec<Head> = Vec::new();
    for row in rows {
        let sector: Sector = row.sector.parse().map_err(anyhow::Error::from)?;
        let position = heads.last().filter(|before| before.line.sector == sector).map_or(1, |before| before.line.position + 1);
        heads.push(Head {
            line: InLine { application: ApplicationId(row.application_id), organisation: row.name, sector, position },
            since: row.since,
            wait: why_waiting(numbers, sector, row.is_public, row.has_another),
        });
    }
    Ok(heads)
}

/// Who may move when somebody leaves: all who hold a place, the first ones of each sector whom nothing of their own keeps back, and those whose
/// legal person holds a place. One place that is given back seats one candidature, and a second one when its legal person had it: the next three
/// of a sector are enough, whoever leaves.
async fn find_movers(connection: &mut PgConnection, campaign: CampaignId) -> Result<Vec<(ApplicationId, Candidate)>, Problem> {
    let rows = sqlx::query!(
        r#"select application_id as "application!", turn as "turn!", siren as "siren!", sector as "sector!", is_public as "is_public!",
            standing as "standing!"
        from (
            select application_id, turn, siren, sector, is_public, standing from standings
            where campaign_id = $1 and place_number is not null
            union
            select head.* from campaign_sectors share cross join lateral (
                select application_id, turn, siren, sector, is_public, standing from standings waiting
                where campaign_id = share.campaign_id and sector = share.sector and standing = 'waiting' and not is_public
                    and not exists (select from standings held where held.campaign_id = $1 and held.holder = waiting.siren)
                order by turn limit 3) as head
            where share.campaign_id = $1
            union
            select other.application_id, other.turn, other.siren, other.sector, other.is_public, other.standing
            from standings held join standings other on other.campaign_id = $1 and other.siren = held.siren and other.standing = 'waiting'
            where held.campaign_id = $1 and held.place_number is not null) as movers"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let candidate = candidate(row.turn, row.siren, &row.sector, row.is_public, &row.standing)?;
            Ok((ApplicationId(row.application), candidate))
        })
        .collect()
}

/// Where candidatures that wait stand in the lines of their sectors.
async fn find_in_line(connection: &mut PgConnection, applications: &[ApplicationId]) -> Result<Vec<InLine>, Problem> {
    let numbers: Vec<i64> = applications.iter().map(|application| application.0).collect();
    let rows = sqlx::query!(
        r#"select mine.application_id, mine.sector, organisation.name, (
            select count(*) from standings before where before.campaign_id = mine.campaign_id and before.sector = mine.sector
                and before.standing = 'waiting' and before.turn < mine.turn) as "before!"
        from standings mine join organisations organisation on organisation.id = mine.organisation_id where application_id = any($1)"#,
        &numbers
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(InLine {
                application: ApplicationId(row.application_id),
                organisation: row.name,
                sector: row.sector.parse().map_err(anyhow::Error::from)?,
                position: u32::try_from(row.before + 1).unwrap_or(u32::MAX),
            })
        })
        .collect()
}

/// What a decision on each of those reserved places would do, by the rule and the line of the day. Those that hold none are left out.
///
/// # Errors
/// The database's.
pub(in crate::experimentation) async fn find_prospects(
    connection: &mut PgConnection,
    campaign: CampaignId,
    numbers: &Numbers,
    reserved: &[(ApplicationId, i32)],
) -> Result<Vec<Prospect>, Problem> {
    let movers = find_movers(connection, campaign).await?;
    let line = Line::standing(numbers.capacity, numbers.shares.clone(), numbers.is_released, movers);
    let mut told = Vec::new();
    for (application, place) in reserved {
        if let (Some(candidate), Ok(next)) = (line.candidates().get(application), line.seated_without(*application)) {
            told.push((*application, *place, candidate.sector, next));
        }
    }
    let next: Vec<ApplicationId> = told.iter().flat_map(|(_, _, _, next)| next).copied().collect();
    let named = if next.is_empty() { Vec::new() } else { find_in_line(connection, &next).await? };
    let told = told.into_iter().map(|(application, place, sector, next)| {
        let next = next.iter().filter_map(|next| named.iter().find(|named| named.application == *next).cloned()).collect();
        Prospect { application, place, sector, next, numbers: numbers.clone() }
    });
    Ok(told.collect())
}

/// How many candidatures of a campaign were handed in complete for the first time, by Paris date.
///
/// # Errors
/// The database's.
pub(in crate::experimentation) async fn find_arrivals(
    connection: &mut PgConnection,
    campaign: CampaignId,
) -> Result<Vec<(Date, u32)>, Problem> {
    let rows = sqlx::query!(
        r#"select (first.submitted_at at time zone 'Europe/Paris')::date as "day!", count(*) as "came!"
        from standings stands join application_versions first on (first.application_id, first.number) = (stands.application_id, 1)
        where stands.campaign_id = $1 group by 1 order by 1"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.day, u32::try_from(row.came).unwrap_or(u32::MAX))).collect())
}
