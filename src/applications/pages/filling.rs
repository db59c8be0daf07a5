//! Buttons of a step that fill fields in: « C’est moi », « Reprendre », an example. They save like « Enregistrer », so nothing typed is lost.

use super::extract::EditableApplication;
use crate::{
    AppState,
    applications::{
        DATA_CONTROLLER, DPO, TECHNICAL_CONTACT,
        known_contacts::{self, store::find_known_contacts},
        suggestion,
    },
    fields::Fields,
    problem::Problem,
};

/// Fills in what a button says; gives the part of the page to come back to, nothing when no button of these was pressed.
pub(super) async fn fill(state: &AppState, editable: &EditableApplication, form: &mut Fields) -> Result<Option<String>, Problem> {
    let me = form.value("moi").to_owned();
    if let Some(part) = [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT].into_iter().find(|part| part.prefix == me) {
        part.fill(form, editable.editor.person());
        return Ok(Some(me));
    }
    if !form.value(known_contacts::TAKE).is_empty() {
        let mut connection = state.db.acquire().await?;
        let known = find_known_contacts(&mut connection, editable.application.organisation, editable.application.applicant).await?;
        return Ok(known.take(form).map(str::to_owned));
    }
    Ok(suggestion::take(form))
}
