//! What the script that saves by itself is answered: never a page nor a redirection.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;
use time::OffsetDateTime;

use crate::{
    applications::{SavedStep, Saving},
    fields::Fields,
};

/// The new revision and « Enregistré à 14 h 03 », or a sentence that says why nothing was saved.
pub(super) fn answer(saving: &Saving, saved: Option<&SavedStep>, form: &Fields, now: OffsetDateTime) -> Response {
    let (status, said) = match saving {
        Saving::Saved => {
            let revision = saved.map_or(0, |saved| saved.revision);
            let line = saved.map(|saved| saved.line(now)).unwrap_or_default();
            (StatusCode::OK, json!({ "revision": revision, "line": line }))
        }
        Saving::Stale(_) => {
            let sentence = "Cette étape a été enregistrée ailleurs entre-temps. Rien n’a été écrasé\u{a0}: appuyez sur «\u{a0}Enregistrer\u{a0}» \
                            pour comparer les deux textes et choisir.";
            (StatusCode::CONFLICT, json!({ "detail": sentence }))
        }
        Saving::Refused => {
            let told: Vec<String> = form.errors().iter().map(|error| format!("{}\u{a0}: {}", error.label, error.sentence)).collect();
            let sentence = format!("Ceci ne peut pas être enregistré. {}", told.join(" "));
            (StatusCode::UNPROCESSABLE_ENTITY, json!({ "detail": sentence }))
        }
    };
    (status, Json(said)).into_response()
}
