//! A form as it was typed: every value kept, every mistake told at once.

use std::fmt::Display;

use serde_json::{Map, Value};

use crate::{
    personal_traces,
    text::{self, TextFault},
};

/// A field of a form: the name in the page, the words people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The `name` and `id` in the page.
    pub name: &'static str,
    /// The label people read, without punctuation.
    pub label: &'static str,
}

/// What is wrong with a field, in a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Which field, and the anchor of the link that leads to it.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The sentence shown beside the field and in the summary.
    pub sentence: String,
}

/// The values of a form as typed, and what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    typed: Vec<(String, String)>,
    errors: Vec<FieldError>,
    warnings: Vec<FieldError>,
}

impl Fields {
    /// From the pairs of a form, in the order of the page.
    pub fn from_pairs(typed: Vec<(String, String)>) -> Self {
        Self { typed, ..Self::default() }
    }

    /// From what stands after the « ? » of an address.
    pub fn from_query(query: &str) -> Self {
        Self::from_pairs(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// From what [`Fields::to_json`] kept.
    pub fn from_json(kept: &Value) -> Self {
        let mut typed = Vec::new();
        for (name, value) in kept.as_object().into_iter().flatten() {
            match value {
                Value::String(text) => typed.push((name.clone(), text.clone())),
                Value::Array(several) => {
                    typed.extend(several.iter().filter_map(Value::as_str).map(|text| (name.clone(), text.to_owned())));
                }
                _ => {}
            }
        }
        Self { typed, ..Self::default() }
    }

    /// What was typed in the named fields; other names are not kept. Several values make a list.
    pub fn to_json<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Value {
        let mut kept = Map::new();
        for name in names {
            let values: Vec<&str> = self.values(name).collect();
            match values.as_slice() {
                [] => {}
                [one] => drop(kept.insert(name.to_owned(), Value::from(*one))),
                several => drop(kept.insert(name.to_owned(), Value::from(several.to_vec()))),
            }
        }
        Value::Object(kept)
    }

    /// Everything that was typed, whatever its name.
    pub fn all_to_json(&self) -> Value {
        self.to_json(self.typed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())
    }

    /// What was typed, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.typed.iter().find(|(typed, _)| typed == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value sent under that name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.typed.iter().filter(move |(typed, _)| typed == name).map(|(_, value)| value.as_str())
    }

    /// Whether that box is ticked or that choice made.
    pub fn has(&self, name: &str, value: impl AsRef<str>) -> bool {
        self.values(name).any(|typed| typed == value.as_ref())
    }

    /// Fills a field, for a form that comes prefilled.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.typed.retain(|(typed, _)| typed != name);
        self.typed.push((name.to_owned(), value.into()));
    }

    /// Parses a field; a mistake is noted beside it and the typed text stays.
    pub fn parse<T, E: Display>(&mut self, field: Field, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        if self.values(field.name).count() > 1 {
            self.refuse(field, "Ce champ a été envoyé deux fois. Rechargez la page et recommencez.");
            return None;
        }
        match parse(self.value(field.name)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(field, error.to_string());
                None
            }
        }
    }

    /// One line of text, required.
    pub fn line(&mut self, field: Field, most: usize) -> Option<String> {
        self.parse(field, |typed| text::line(typed, most))
    }

    /// One line of text, or nothing.
    pub fn optional_line(&mut self, field: Field, most: usize) -> Option<String> {
        self.parse(field, |typed| text::optional_line(typed, most))
    }

    /// Several lines of text, required.
    pub fn paragraph(&mut self, field: Field, most: usize) -> Option<String> {
        self.parse(field, |typed| text::paragraph(typed, most))
    }

    /// Several lines of text, or nothing.
    pub fn optional_paragraph(&mut self, field: Field, most: usize) -> Option<String> {
        self.parse(field, |typed| text::optional_paragraph(typed, most))
    }

    /// Notes a mistake; one is enough for a field.
    pub fn refuse(&mut self, field: Field, sentence: impl Into<String>) {
        if self.error(field.name).is_none() {
            self.errors.push(FieldError { name: field.name, label: field.label, sentence: sentence.into() });
        }
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.name == name).map(|error| error.sentence.as_str())
    }

    /// Everything that is wrong, in the order of the page.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Looks for the data of end users in what was typed, and warns beside each field that seems to hold some.
    pub fn warn_of_personal_traces(&mut self, fields: &[Field]) {
        for field in fields {
            if let Some(sentence) = personal_traces::warning(self.value(field.name)) {
                self.warnings.push(FieldError { name: field.name, label: field.label, sentence });
            }
        }
    }

    /// What a person should look at again in a field, which nothing refuses.
    pub fn warning(&self, name: &str) -> Option<&str> {
        self.warnings.iter().find(|warning| warning.name == name).map(|warning| warning.sentence.as_str())
    }

    /// Everything a person should look at again, in the order of the page.
    pub fn warnings(&self) -> &[FieldError] {
        &self.warnings
    }

    /// Nothing is wrong.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// Notes what could not even be kept in a draft: characters the database refuses, texts beyond any field.
    pub fn refuse_what_cannot_be_kept(&mut self, fields: &[Field]) {
        for field in fields {
            let fault = self.values(field.name).find_map(|typed| text::optional_paragraph(typed, MOST_IN_A_DRAFT).err());
            if let Some(fault @ (TextFault::Invisible | TextFault::TooLong { .. })) = fault {
                self.refuse(*field, fault.to_string());
            }
        }
    }
}

/// Characters one field of a draft may hold, whatever the field allows once checked.
pub const MOST_IN_A_DRAFT: usize = 10_000;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: Field = Field { name: "name", label: "Nom" };

    #[test]
    fn what_was_typed_survives_its_mistake() {
        let mut fields = Fields::from_pairs(vec![("name".into(), "a\0b".into())]);
        assert_eq!(fields.line(NAME, 10), None);
        assert_eq!(fields.value("name"), "a\0b");
        assert_eq!(fields.errors().len(), 1);
    }

    #[test]
    fn a_field_sent_twice_is_refused() {
        let mut fields = Fields::from_pairs(vec![("name".into(), "a".into()), ("name".into(), "b".into())]);
        assert_eq!(fields.line(NAME, 10), None);
        assert!(!fields.is_valid());
    }

    proptest! {
        #[test]
        fn a_draft_gives_back_what_it_was_given(values in proptest::collection::vec("\\PC{0,20}", 0..4)) {
            let typed = values.iter().map(|value| ("name".to_owned(), value.clone())).collect();
            let kept = Fields::from_pairs(typed).to_json(["name"]);
            let back = Fields::from_json(&kept);
            prop_assert_eq!(back.values("name").collect::<Vec<_>>(), values);
        }
    }
}
