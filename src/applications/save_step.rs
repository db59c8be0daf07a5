//! Act: save a step, with its gaps and its mistakes.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{draft, draft::SavedStep, service, state::Act, step::Step, store};
use crate::{
    accounts::Applicant,
    calendar,
    fields::{Field, Fields},
    ids::ApplicationId,
    journal::{self, Event, Subject},
    problem::Problem,
    text,
};

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
    let application = store::lock(connection, id).await?;
    if application.applicant != by.person().account {
        return Err(Problem::NotFound);
    }
    application
        .state
        .after(Act::Edit)
        .map_err(|refusal| Problem::not_possible_but(refusal.to_string(), "Voir la demande", format!("/demandes/{}", id.0)))?;
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
        if saved.fields.to_json(known.iter().map(|field| field.name)) == kept {
            return Ok(Saving::Saved);
        }
        if saved.revision != shown_revision {
            return Ok(Saving::Stale(saved.clone()));
        }
    }
    draft::store::save_draft_step(connection, id, step, kept, by.person().account, now).await?;
    if step == Step::Service {
        let name = text::optional_line(fields.value(service::NAME.name), 150).unwrap_or_default();
        store::save_service_name(connection, id, &name, now).await?;
    }
    let event = Event::StepSaved { step: step.title().to_owned() };
    journal::record(connection, &by.by(), Subject::application(id, application.organisation), &event, now).await?;
    Ok(Saving::Saved)
}
