//! SQL of where candidatures stand, and of the numbers of a campaign.

use sqlx::PgConnection;
use time::Date;

use crate::{
    criteria::Sector,
    experimentation::{
        Campaign, Candidature, ExperimentState, Held, HeldInSector, Holds, Leaving, Numbers, Prospect, Share, Shares, Standing,
        line::{Stand, Wait},
        store::{find_campaign, find_current_id},
    },
    ids::{AccountId, ApplicationId, CampaignId, OrganisationId},
    notifications::AboutApplication,
    problem::Problem,
};

/// The numbers of a campaign: who holds places and who waits, by sector. Home page, wizard, panel and refusals read no other.
///
/// # Errors
/// The database's; [`Problem::NotFound`] when there is no such campaign.
pub async fn find_numbers(connection: &mut PgConnection, campaign: CampaignId) -> Result<Numbers, Problem> {
    let rows = sqlx::query!(
        r#"select campaign.capacity, campaign.reserve_released, campaign.reserved_until, share.sector, share.floor, share.ceiling,
            count(*) filter (where stands.standing = 'reserved') as "reserved!",
            count(*) filter (where stands.standing = 'granted') as "granted!",
            count(*) filter (where stands.standing = 'waiting') as "waiting!"
        from campaigns campaign join campaign_sectors share on share.campaign_id = campaign.id
            left join standings stands on stands.campaign_id = campaign.id and stands.sector = share.sector
        where campaign.id = $1 group by campaign.id, share.sector, share.floor, share.ceiling"#,
        campaign.0
    )
    .fetch_all(connection)
    .await?;
    let Some(first) = rows.first() else { return Err(Problem::NotFound) };
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let mut numbers = Numbers {
        capacity: first.capacity.unsigned_abs(),
        is_released: first.reserve_released,
        reserved_until: first.reserved_until,
        shares: Shares::new(),
        held: Held::default(),
    };
    for row in &rows {
        let sector: Sector = row.sector.parse().map_err(anyhow::Error::from)?;
        numbers.shares.insert(sector, Share { floor: row.floor.unsigned_abs(), ceiling: row.ceiling.unsigned_abs() });
        let held = HeldInSector { granted: number(row.granted), reserved: number(row.reserved), waiting: number(row.waiting) };
        numbers.held.0.insert(sector, held);
    }
    Ok(numbers)
}

/// The campaign a visitor is told of that Paris date, and what it allows by the numbers of its line.
///
/// # Errors
/// The database's.
pub async fn find_state(connection: &mut PgConnection, day: Date) -> Result<(Option<Campaign>, ExperimentState), Problem> {
    let Some(id) = find_current_id(connection, day).await? else { return Ok((None, ExperimentState::None)) };
    let campaign = find_campaign(connection, id).await?;
    let state = campaign.state_on(day, find_numbers(connection, id).await?.held.occupancy());
    Ok((Some(campaign), state))
}

/// Where a candidature stands; nothing before it is complete.
///
/// # Errors
/// The database's.
pub async fn find_standing(connection: &mut PgConnection, application: ApplicationId) -> Result<Option<Standing>, Problem> {
    let row = sqlx::query!(
        r#"select campaign_id, arrival_rank, sector, standing, place_number, left_because, is_public,
            (select count(*) from standings before where before.campaign_id = mine.campaign_id and before.sector = mine.sector
                and before.standing = 'waiting' and before.turn < mine.turn) as "before!",
            exists (select from standings other where other.campaign_id = mine.campaign_id and other.holder = mine.siren
                and other.application_id <> mine.application_id) as "has_another!",
            (select answer_by from open_offers offer where offer.application_id = mine.application_id) as answer_by
        from standings mine where application_id = $1"#,
        application.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let campaign = CampaignId(row.campaign_id);
    let numbers = find_numbers(connection, campaign).await?;
    let sector: Sector = row.sector.parse().map_err(anyhow::Error::from)?;
    let wait = why_waiting(&numbers, sector, row.is_public, row.has_another);
    let holds = match (row.left_because, row.place_number) {
        (Some(because), _) => Holds::Nothing(because.parse::<Leaving>().map_err(anyhow::Error::from)?),
        (None, Some(number)) => Holds::Place { stand: row.standing.parse::<Stand>().map_err(anyhow::Error::from)?, number },
        (None, None) => Holds::Turn { position: u32::try_from(row.before + 1).unwrap_or(u32::MAX), wait },
    };
    Ok(Some(Standing { application, campaign, rank: row.arrival_rank, sector, holds, answer_by: row.answer_by, numbers }))
}

/// What keeps a candidature that waits from a place, as the line says it.
pub(super) fn why_waiting(numbers: &Numbers, sector: Sector, is_public: bool, has_another: bool) -> Option<Wait> {
    match (is_public, has_another) {
        (true, _) => Some(Wait::Public),
        (false, true) => Some(Wait::OneEach),
        (false, false) => numbers.why_full(sector),
    }
}

/// What a decision on a candidature whose place is reserved would do to the places; nothing when it holds none, or when one was granted.
async fn find_prospect(connection: &mut PgConnection, standing: Option<&Standing>) -> Result<Option<Prospect>, Problem> {
    let Some(standing) = standing else { return Ok(None) };
    let Holds::Place { stand: Stand::Reserved, number } = standing.holds else { return Ok(None) };
    let reserved = [(standing.application, number)];
    Ok(super::panel::find_prospects(connection, standing.campaign, &standing.numbers, &reserved).await?.pop())
}

/// Where a candidature stands, and what a decision on it would do to the places.
///
/// # Errors
/// The database's.
pub async fn find_place_in_line(
    connection: &mut PgConnection,
    application: ApplicationId,
) -> Result<(Option<Standing>, Option<Prospect>), Problem> {
    let standing = find_standing(connection, application).await?;
    let prospect = find_prospect(connection, standing.as_ref()).await?;
    Ok((standing, prospect))
}

/// What the journal and the letters say of a candidature, by its current version.
pub(in crate::experimentation) async fn find_candidature(connection: &mut PgConnection, id: ApplicationId) -> Result<Candidature, Problem> {
    let row = sqlx::query!(
        r#"select demande.organisation_id, demande.applicant_id, demande.version, demande.service_name,
            version.organisation ->> 'name' as "organisation!", version.content #>> '{mandate,vendor,name}' as vendor
        from applications demande join application_versions version
            on (version.application_id, version.number) = (demande.id, demande.version)
        where demande.id = $1"#,
        id.0
    )
    .fetch_one(connection)
    .await?;
    let organisation = match row.vendor {
        Some(vendor) => format!("{} (mandataire\u{a0}: {vendor})", row.organisation),
        None => row.organisation,
    };
    Ok(Candidature {
        organisation: OrganisationId(row.organisation_id),
        applicant: AccountId(row.applicant_id),
        about: AboutApplication { application: id, service: row.service_name, organisation, version: row.version },
    })
}
