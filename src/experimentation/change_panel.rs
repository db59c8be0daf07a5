//! Act: a campaign has another capacity, other shares or another day of release, and its line follows.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Panel, Seat, admit_next::announce, store};
use crate::{ids::CampaignId, problem::Problem};

/// Writes capacity, floors, ceilings and the day of release of a campaign, and moves its line: places that are new, or no longer kept, go at
/// once to whoever may have them, and each is written to. This alone changes those columns; the rest of a campaign is its own act's, in the
/// same transaction, which records why and who agreed. Nobody who holds a place loses it.
///
/// # Errors
/// [`Problem::NotPossible`] when more places are held than there would be, in all or in a sector, or when what is promised to sectors can no
/// longer be kept, with the numbers; the database's.
pub async fn change_panel_in_line(
    connection: &mut PgConnection,
    campaign: CampaignId,
    capacity: u32,
    panel: &Panel,
    now: OffsetDateTime,
) -> Result<Vec<Seat>, Problem> {
    let numbers = store::standing::find_numbers(connection, campaign).await?;
    let seats = match store::line::change_panel(connection, campaign, capacity, panel, now).await {
        Ok(seats) => seats,
        Err(error) => {
            let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
            let taken = numbers.held.taken();
            return Err(match constraint {
                Some("campaigns_capacity_holds_its_participants") => Problem::not_possible(format!(
                    "{taken} places sont tenues : la capacité ne peut pas descendre à {capacity}. Elle peut descendre jusqu’à {taken}."
                )),
                Some("campaign_sectors_ceiling_holds_its_participants") => {
                    let over = panel.shares.iter().find(|(sector, share)| numbers.held.of(**sector).taken() > share.ceiling);
                    let said = over.map_or_else(String::new, |(sector, share)| {
                        let taken = numbers.held.of(*sector).taken();
                        format!(" Le secteur « {} » en tient {taken}, plus que {}.", sector.label(), share.ceiling)
                    });
                    Problem::not_possible(format!("Un plafond ne peut pas descendre sous les places que son secteur tient.{said}"))
                }
                Some("campaign_sectors_floors_can_be_kept" | "sector_slots_are_within_the_ceiling") => Problem::not_possible(format!(
                    "Ces places ne peuvent plus être gardées pour les secteurs : {taken} sont tenues sur {capacity}, et ce qui reste ne suffit pas aux planchers demandés."
                )),
                _ => error.into(),
            });
        }
    };
    announce(connection, &seats, None, now).await?;
    Ok(seats)
}
