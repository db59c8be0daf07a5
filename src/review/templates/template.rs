//! A text the team answers with.

use time::OffsetDateTime;

use crate::{applications::Kind, review::Outcome};

/// A text, as it is offered today.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its number.
    pub id: i64,
    /// The act it is for.
    pub act: Outcome,
    /// The kind of demande; every kind when nothing.
    pub kind: Option<Kind>,
    /// How many times it was written.
    pub version: i32,
    /// What lists call it.
    pub title: String,
    /// The text, with its placeholders.
    pub body: String,
    /// Who wrote it last.
    pub written_by: String,
    /// When.
    pub written_at: OffsetDateTime,
    /// When it was retired.
    pub retired_at: Option<OffsetDateTime>,
}

impl Template {
    /// « Refuser, Administration ».
    pub fn purpose(&self) -> String {
        let act = match self.act {
            Outcome::ChangesRequested => "Demander des modifications",
            Outcome::Approved => "Valider",
            Outcome::Refused => "Refuser",
        };
        format!("{act}, {}", self.kind.map_or("toutes les demandes", Kind::label))
    }
}

/// What somebody writes.
#[derive(Clone, Debug)]
pub struct Wording {
    /// What lists call it.
    pub title: String,
    /// The text, with its placeholders.
    pub body: String,
}
