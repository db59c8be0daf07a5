//! Which campaign a page shows.

use sqlx::PgConnection;
use time::Date;

use crate::{
    experimentation::{Campaign, store},
    ids::CampaignId,
    problem::Problem,
};

/// A campaign and its number.
pub(super) type NumberedCampaign = (CampaignId, Campaign);

/// The campaign that was asked, or the one of that day, if there is one; and the others of the desk.
///
/// # Errors
/// [`Problem::NotFound`] when there is none of that number; the database's.
pub(super) async fn find_shown(
    connection: &mut PgConnection,
    asked: Option<CampaignId>,
    day: Date,
) -> Result<(Option<NumberedCampaign>, Vec<NumberedCampaign>), Problem> {
    let mut others = store::find_campaigns(connection).await?;
    let shown = match asked {
        Some(id) => Some(id),
        None => store::find_current_id(connection, day).await?,
    };
    let Some(id) = shown else { return Ok((None, others)) };
    let at = others.iter().position(|(known, _)| *known == id).ok_or(Problem::NotFound)?;
    Ok((Some(others.remove(at)), others))
}
