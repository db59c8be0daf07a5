//! SQL that gives a form its files back.

use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{ids::ApplicationId, problem::Problem};

/// Gives a demande's form the files of one of its versions back, and takes the others away. The caller holds the demande.
///
/// # Errors
/// The database's.
pub async fn restore(connection: &mut PgConnection, application: ApplicationId, number: i32, now: OffsetDateTime) -> Result<(), Problem> {
    sqlx::query!(
        "update attachments set removed_at = $3, place = null
        where application_id = $1 and place is not null and id not in (
            select attachment_id from version_attachments where application_id = $1 and number = $2)",
        application.0,
        number,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "with missing as (
            select a.id, a.field, row_number() over (partition by a.field order by a.added_at, a.id) as turn
            from version_attachments v join attachments a on a.id = v.attachment_id
            where v.application_id = $1 and v.number = $2 and a.place is null
        ), free as (
            select fields.field, series.place, row_number() over (partition by fields.field order by series.place) as turn
            from (select distinct field from missing) as fields cross join generate_series(1, 6) as series (place)
            where not exists (select from attachments taken
                where taken.application_id = $1 and taken.field = fields.field and taken.place = series.place)
        )
        update attachments a set place = free.place::smallint, removed_at = null
        from missing join free on free.field = missing.field and free.turn = missing.turn where a.id = missing.id",
        application.0,
        number
    )
    .execute(connection)
    .await?;
    Ok(())
}
