//! Act: a vendor starts a demande for another client with the content of one of its own.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{copied::Copying, start_for_client};
use crate::{
    applications::{Application, draft, service, step::Step, store},
    fields::Fields,
    ids::ApplicationId,
    journal::{self, Event, Subject},
    organisations::{Facts, VerifiedMember},
    problem::Problem,
    text,
};

/// Saves a step of a draft that was just started, and the name lists show.
pub(super) async fn save(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    id: ApplicationId,
    (step, fields): (Step, &Fields),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let kept = fields.to_json(step.fields().iter().map(|field| field.name));
    draft::store::save_draft_step(connection, id, step, kept, by.person().account, now).await?;
    if step == Step::Service {
        let name = text::optional_line(fields.value(service::NAME.name), 150).unwrap_or_default();
        store::save_change(connection, id, Some(&name), now).await?;
    }
    Ok(())
}

/// Starts a demande for the client these facts are about with what serves it of another; the original stays as it is. Posting the same page
/// twice starts one. Nothing when the client is the vendor itself.
///
/// # Errors
/// Those of [`start_for_client`]; the database's.
pub async fn copy_for_client(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    from: &Application,
    facts: &Facts,
    key: Uuid,
    now: OffsetDateTime,
) -> Result<Option<ApplicationId>, Problem> {
    let Some(id) = start_for_client(connection, by, facts, from.kind, Some(from.id), key, now).await? else { return Ok(None) };
    let (source, new) = (draft::store::find_draft(connection, from.id).await?, draft::store::find_draft(connection, id).await?);
    if new.seen() > 0 {
        return Ok(Some(id));
    }
    let copying = Copying { by: &by.person().email, vendor: new.form.on_behalf.as_ref() };
    for step in new.form.steps() {
        if let Some(fields) = source.saved(*step).and_then(|saved| copying.of(*step, &saved.fields)) {
            save(connection, by, id, (*step, &fields), now).await?;
        }
    }
    let application = store::lock(connection, id).await?;
    let subject = Subject::application(id, application.organisation);
    journal::record(connection, &by.person().as_author(), subject, &Event::ApplicationCopied { from: from.id }, now).await?;
    Ok(Some(id))
}
