//! A text of the team's to start an answer from, filled with what the demande says.

use crate::{
    accounts::Person,
    applications::{Application, Version},
    calendar,
    config::DeskFacts,
    fields::Fields,
    review::templates::{Template, Values, fill},
};

/// A text that is offered, filled.
#[derive(Debug)]
pub(super) struct StartingText {
    pub id: i64,
    pub title: String,
    pub text: String,
}

/// The texts, filled with what a demande says to that reader.
pub(super) fn filled(
    templates: Vec<Template>,
    (application, version): (&Application, &Version),
    reader: &Person,
    desk: &DeskFacts,
) -> Vec<StartingText> {
    let answer_by = calendar::working_days_after(calendar::paris_date(version.submitted_at), desk.desk_target_working_days);
    let values: Values = [
        version.organisation.name.clone(),
        version.content.service.name.clone(),
        application.id.to_string(),
        version.submitted_by.clone(),
        version.number.to_string(),
        calendar::day(version.submitted_at),
        calendar::date_in_full(answer_by),
        reader.full_name(),
    ];
    let filled = |it: Template| StartingText { id: it.id, text: fill(&it.body, &values), title: it.title };
    templates.into_iter().map(filled).collect()
}

/// Puts the chosen text after what was typed: nothing is lost.
pub(super) fn insert(form: &mut Fields, into: &str, texts: &[StartingText]) {
    let chosen = texts.iter().find(|text| form.value("modele") == text.id.to_string());
    let Some(chosen) = chosen else { return };
    let typed = form.value(into).trim();
    let both = if typed.is_empty() { chosen.text.clone() } else { format!("{typed}\n\n{}", chosen.text) };
    form.set(into, both);
}
