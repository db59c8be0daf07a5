//! Sentences people often write, offered as examples beside a field: to take when they are true, and to complete. A table to be edited.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::fields::Fields;

static SUGGESTIONS: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| serde_json::from_str(include_str!("suggestions.json")).unwrap_or_default());

/// The name of the button that takes an example; its value is « field:number ».
pub const TAKE: &str = "exemple";

/// The examples of a field.
pub fn examples(field: &str) -> &'static [String] {
    SUGGESTIONS.get(field).map_or(&[], Vec::as_slice)
}

/// Writes the example that a button names in its field; gives the field back, nothing when no button was pressed.
pub fn take(fields: &mut Fields) -> Option<String> {
    let pressed = fields.value(TAKE).to_owned();
    let (field, number) = pressed.split_once(':')?;
    let example = examples(field).get(number.parse::<usize>().ok()?)?;
    fields.set(field, example.clone());
    Some(field.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::Step;

    #[test]
    fn every_example_is_of_a_field_and_fits_in_it() {
        let names: Vec<&str> = Step::ALL.iter().flat_map(|step| step.fields()).map(|field| field.name).collect();
        assert!(!SUGGESTIONS.is_empty());
        for (field, sentences) in SUGGESTIONS.iter() {
            assert!(names.contains(&field.as_str()), "{field}");
            assert!(sentences.iter().all(|sentence| sentence.ends_with('.') && sentence.chars().count() < 200), "{field}");
        }
    }

    #[test]
    fn a_button_writes_its_own_example_and_no_other_text() {
        let press = |value: &str| {
            let mut fields = Fields::from_pairs(vec![(TAKE.into(), value.into()), ("why_email".into(), "tapé".into())]);
            (take(&mut fields), fields.value("why_email").to_owned())
        };
        assert_eq!(press("why_email:0"), (Some("why_email".into()), examples("why_email")[0].clone()));
        for other in ["", "why_email", "why_email:9", "why_email:-1", "service_name:0"] {
            assert_eq!(press(other), (None, "tapé".into()), "{other}");
        }
    }
}
