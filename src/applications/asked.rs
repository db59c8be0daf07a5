//! What a reviewer asked: a message, and points each about a step or one of its fields.

use time::OffsetDateTime;

use super::step::Step;
use crate::{
    fields::Fields,
    journal::{AskedPoint, Entry, Event},
};

/// A request for changes, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Of which version.
    pub version: i32,
    /// In general.
    pub message: String,
    /// Point by point; none in requests older than them.
    pub points: Vec<AskedPoint>,
    /// Who asks, as named on that day.
    pub by: String,
    /// When.
    pub at: OffsetDateTime,
}

impl Asked {
    /// The last request among the facts of a demande, oldest first.
    pub fn last(entries: &[Entry]) -> Option<Self> {
        entries.iter().rev().find_map(|entry| match &entry.event {
            Event::ChangesRequested { version, message, points } => {
                Some(Self { version: *version, message: message.clone(), points: points.clone(), by: entry.by.clone(), at: entry.at })
            }
            _ => None,
        })
    }

    /// The points about a step, by its address.
    pub fn of_step(&self, slug: &str) -> Vec<&AskedPoint> {
        self.points.iter().filter(|point| point.part == slug).collect()
    }

    /// « 1 point à revoir », for the menu of steps; nothing when nothing is asked there.
    pub fn label(&self, slug: &str) -> Option<String> {
        match self.of_step(slug).len() {
            0 => None,
            1 => Some("1 point à revoir".into()),
            count => Some(format!("{count} points à revoir")),
        }
    }

    /// The same, for the menu of a demande that may not be back with its applicant.
    pub fn label_in(asked: &Option<Self>, slug: &str) -> Option<String> {
        asked.as_ref()?.label(slug)
    }

    /// Puts each point about a field of the step beside that field.
    pub fn note(&self, step: Step, fields: &mut Fields) {
        for point in self.of_step(step.slug()) {
            if !point.field.is_empty() {
                fields.ask(&point.field, &point.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn entry(event: Event) -> Entry {
        Entry { at: datetime!(2026-12-03 9:00 UTC), by: "Nadia Ferrand".into(), about: None, event }
    }

    fn point(part: &str, field: &str) -> AskedPoint {
        AskedPoint { part: part.into(), field: field.into(), about: "Les données".into(), text: "Précisez.".into() }
    }

    #[test]
    fn the_last_request_is_the_one_to_answer_and_each_field_shows_its_own() {
        let first = Event::ChangesRequested { version: 1, message: "Avant.".into(), points: vec![] };
        let points = vec![point("donnees", "scopes-gender"), point("donnees", ""), point("service", "service_url")];
        let second = Event::ChangesRequested { version: 2, message: "Après.".into(), points };
        let asked =
            Asked::last(&[entry(first), entry(second), entry(Event::ApplicationSubmitted { version: 3 })]).expect("as written above");
        assert_eq!((asked.version, asked.message.as_str()), (2, "Après."));
        assert_eq!(asked.label("donnees").as_deref(), Some("2 points à revoir"));
        assert_eq!((asked.label("service").as_deref(), asked.label("cadre")), (Some("1 point à revoir"), None));
        let mut fields = Fields::default();
        asked.note(Step::Scopes, &mut fields);
        assert_eq!(fields.asked("scopes-gender").collect::<Vec<_>>(), ["Précisez."]);
        assert_eq!(fields.asked("service_url").count(), 0);
    }

    #[test]
    fn a_request_older_than_points_is_still_read() {
        let kept = serde_json::json!({ "event": "changes_requested", "version": 1, "message": "Retirez la date." });
        let event: Event = serde_json::from_value(kept).expect("as written above");
        assert_eq!(Asked::last(&[entry(event)]).expect("as written above").points, []);
    }
}
