//! SQL of the invariants of places.

use sqlx::PgConnection;

use crate::{criteria::Sector, ids::CampaignId};

/// Campaigns whose line was ever looked at.
pub async fn find_campaigns(connection: &mut PgConnection) -> sqlx::Result<Vec<CampaignId>> {
    let found = sqlx::query_scalar!("select distinct campaign_id from line_facts order by 1").fetch_all(connection).await?;
    Ok(found.into_iter().map(CampaignId).collect())
}

/// Places kept for a sector, and those of them that are held.
pub async fn count_pool(connection: &mut PgConnection, campaign: CampaignId, sector: Sector) -> sqlx::Result<(u32, u32)> {
    let row = sqlx::query!(
        r#"select count(*) as "laid!", count(held.application_id) as "held!"
        from places place left join standings held on (held.campaign_id, held.place_number) = (place.campaign_id, place.number)
        where place.campaign_id = $1 and place.pool = $2"#,
        campaign.0,
        sector.to_string()
    )
    .fetch_one(connection)
    .await?;
    Ok((number(row.laid), number(row.held)))
}

/// Places of a campaign, and those that are held.
pub async fn count_places(connection: &mut PgConnection, campaign: CampaignId) -> sqlx::Result<(u32, u32)> {
    let row = sqlx::query!(
        r#"select count(*) as "laid!", count(held.application_id) as "held!"
        from places place left join standings held on (held.campaign_id, held.place_number) = (place.campaign_id, place.number)
        where place.campaign_id = $1"#,
        campaign.0
    )
    .fetch_one(connection)
    .await?;
    Ok((number(row.laid), number(row.held)))
}

/// Standings that are not what they follow: constraints refuse it, unless somebody switched them off.
pub async fn find_standings_astray(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('D%s: %s', stands.application_id, concat_ws(', ',
                case when (stands.siren, stands.is_public) is distinct from (organisation.siren, is_public_category(organisation.legal_category))
                    then 'its organisation is another, or of another nature' end,
                case when stands.application_state is distinct from demande.state then 'its demande is ' || demande.state end,
                case when demande.arrival_rank is distinct from stands.arrival_rank then 'its rank is another' end,
                case when right_.state in ('active', 'suspended') and stands.standing <> 'granted' then 'it has a right and no place' end,
                case when stands.place_number is not null and place.number is null then 'its place does not exist' end)) as "against!"
        from standings stands
            join applications demande on demande.id = stands.application_id
            join organisations organisation on organisation.id = demande.organisation_id
            left join lateral (
                select state from authorizations where application_id = demande.id order by id desc limit 1) as right_ on true
            left join places place on (place.campaign_id, place.number, place.pool)
                = (stands.campaign_id, stands.place_number, stands.place_pool)
        where (stands.siren, stands.is_public) is distinct from (organisation.siren, is_public_category(organisation.legal_category))
            or stands.application_state is distinct from demande.state
            or demande.arrival_rank is distinct from stands.arrival_rank
            or right_.state in ('active', 'suspended') and stands.standing <> 'granted'
            or stands.place_number is not null and place.number is null
        union all
        select format('D%s is complete and stands nowhere', id)
        from applications where arrival_rank is not null and not exists (select from standings where application_id = id)
        limit 20"#
    )
    .fetch_all(connection)
    .await
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
