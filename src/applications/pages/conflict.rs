//! Two texts of one step: the page that shows both and lets the person choose, field by field.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::{
    applications::{Application, Conflict, Difference, SavedStep, Step, conflict, find_draft, reading},
    fields::Fields,
    ids::{AccountId, ApplicationId},
    problem::Problem,
    web::{Frame, Page},
};

/// The page.
#[derive(Debug, Template)]
#[template(path = "applications/conflict.html")]
pub(super) struct ConflictPage {
    frame: Frame,
    application: Application,
    step: Step,
    form: Fields,
    conflict: Conflict,
    saved: SavedStep,
    /// Who looks.
    editor: AccountId,
    now: OffsetDateTime,
}

impl ConflictPage {
    pub(super) fn new(
        frame: Frame,
        application: Application,
        step: Step,
        form: Fields,
        saved: SavedStep,
        editor: AccountId,
        now: OffsetDateTime,
    ) -> Self {
        let conflict = Conflict::between(&step.fields(), &form, &saved.fields);
        Self { frame, application, step, form, conflict, saved, editor, now }
    }

    /// Everything that was typed, to send again with the choices.
    fn typed(&self) -> Vec<(&'static str, &str)> {
        let fields = self.step.fields();
        fields.iter().flat_map(|field| self.form.values(field.name).map(|value| (field.name, value)).collect::<Vec<_>>()).collect()
    }

    /// « à 14 h 03 », or the day when it was another.
    fn when(&self) -> String {
        self.saved.line(self.now).replace("Enregistré ", "")
    }

    /// Whether the person who looks saved it themself, in another tab or on another device.
    fn is_own(&self) -> bool {
        self.saved.saved_by == self.editor
    }
}

/// The two texts of a field, in words: value of the choice, whose it is, what it says.
fn sides(difference: &Difference) -> [(&'static str, &'static str, String); 2] {
    let words = |values: &[String]| reading::words(difference.field, values);
    [
        (conflict::TYPED, "Ce que vous venez de saisir", words(&difference.typed)),
        (conflict::SAVED, "Ce qui est enregistré", words(&difference.saved)),
    ]
}

impl IntoResponse for ConflictPage {
    fn into_response(self) -> Response {
        let status = if self.form.is_valid() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
        (status, Page(self)).into_response()
    }
}

/// Whether what was kept of a form was typed over an older revision than the one saved, and differs from it.
pub(super) fn is_one(step: Step, kept: &Fields, saved: &SavedStep) -> bool {
    kept.value("revision") != saved.revision.to_string() && !Conflict::between(&step.fields(), kept, &saved.fields).is_empty()
}

/// Applies the choices the page of a conflict brings; what is saved, when some are missing. If the step changed once more meanwhile, saving
/// it will tell.
///
/// # Errors
/// The database's.
pub(super) async fn settle(
    connection: &mut PgConnection,
    id: ApplicationId,
    step: Step,
    form: &mut Fields,
) -> Result<Option<SavedStep>, Problem> {
    if form.value("conflit") != "oui" {
        return Ok(None);
    }
    let draft = find_draft(connection, id).await?;
    let Some(saved) = draft.saved(step) else { return Ok(None) };
    Conflict::between(&step.fields(), form, &saved.fields).settle(form);
    Ok((!form.is_valid()).then(|| saved.clone()))
}
