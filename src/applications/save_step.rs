//! Act: save a step, with its gaps and its mistakes.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::{conflict::Conflict, draft, draft::SavedStep, edit, service, step::Step, store};
use crate::{
    accounts::Applicant,
    calendar,
    fields::{Field, Fields},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
    text,
};

/// Saves of one step by one person within that time are told together: the desk saves by itself while people type.
const TOLD_TOGETHER: Duration = Duration::minutes(15);

/// What became of a save.
#[derive(Debug)]
pub enum Saving {
    /// It is saved.
    Saved,
    /// Somebody, or the same person elsewhere, saved this step since the page was shown: nothing was overwritten.
    Stale(SavedStep),
    /// It holds what cannot be kept; the fields say which.
    Refused,
}

/// Saves a step as typed, if the page showed its last revision. Saving again what is already saved changes nothing.
///
/// # Errors
/// [`Problem::NotPossible`] when the demande can no longer be edited; the database's.
pub async fn save_step(
    connection: &mut PgConnection,
    by: &Applicant,
    id: ApplicationId,
    step: Step,
    fields: &mut Fields,
    shown_revision: i32,
    now: OffsetDateTime,
) -> Result<Saving, Problem> {
    let application = edit::lock(connection, by, id).await?;
    let draft = draft::store::find_draft(connection, id).await?;
    if !draft.form.steps().contains(&step) {
        return Err(Problem::NotFound);
    }
    draft.form.stamp(step, fields, draft.saved(step).map(|saved| &saved.fields), calendar::paris_day(now));
    let known: Vec<Field> = step.fields();
    fields.refuse_what_cannot_be_kept(&known);
    if !fields.is_valid() {
        return Ok(Saving::Refused);
    }
    let kept = fields.to_json(known.iter().map(|field| field.name));
    if let Some(saved) = draft.saved(step) {
        if Conflict::between(&known, fields, &saved.fields).is_empty() {
            return Ok(Saving::Saved);
        }
        if saved.revision != shown_revision {
            return Ok(Saving::Stale(saved.clone()));
        }
    }
    draft::store::save_draft_step(connection, id, step, kept, by.person().account, now).await?;
    let name = (step == Step::Service).then(|| text::optional_line(fields.value(service::NAME.name), 150).unwrap_or_default());
    store::save_change(connection, id, name.as_deref(), now).await?;
    let event = Event::StepSaved { step: step.title().to_owned() };
    if !journal::was_told_since(connection, by.person().account, id, &event, now - TOLD_TOGETHER).await? {
        journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    }
    Ok(Saving::Saved)
}
