//! The points of a request for changes: a text to fill for each step and each of its answers, only those that are filled count.

use crate::{
    applications::Section,
    fields::{Field, Fields},
    journal::AskedPoint,
    text,
};

/// Where a mistake in any of them is told.
pub(super) const POINTS: Field = Field { name: "points", label: "Les points à revoir" };

/// Characters of one point.
const MOST: usize = 2000;

/// The text of a step, or of one of its fields, as the form calls it.
pub(super) fn name(slug: &str, field: &str) -> String {
    if field.is_empty() { format!("point.{slug}") } else { format!("point.{slug}.{field}") }
}

/// Reads every point of the sections shown; a mistake names the text it is in.
pub(super) fn read(form: &mut Fields, sections: &[Section]) -> Option<Vec<AskedPoint>> {
    let mut points = Vec::new();
    for section in sections {
        let (slug, title) = (section.step.slug(), section.step.title());
        let step = std::iter::once((String::new(), title.to_owned()));
        let fields = section.lines.iter().filter(|line| !line.field.is_empty());
        let fields = fields.map(|line| (line.field.clone(), format!("{title} : {}", lower_first(&line.label))));
        for (field, about) in step.chain(fields) {
            match text::optional_paragraph(form.value(&name(slug, &field)), MOST) {
                Ok(text) if text.is_empty() => {}
                Ok(text) => points.push(AskedPoint { part: slug.to_owned(), field, about, text }),
                Err(fault) => form.refuse(POINTS, format!("« {about} » : {fault}")),
            }
        }
    }
    form.error(POINTS.name).is_none().then_some(points)
}

fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Line, Step};

    fn sections() -> Vec<Section> {
        let mut line = Line::new("Destinataires", "Le service.");
        line.field = "recipients".into();
        vec![Section { step: Step::PersonalData, lines: vec![line, Line::new("Sans champ", "…")] }]
    }

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn only_what_is_filled_counts_and_says_where_it_belongs() {
        let mut form =
            form(&[("point.traitement", " "), ("point.traitement.recipients", "Quel hébergeur ?"), ("point.service", "Ailleurs.")]);
        let points = read(&mut form, &sections()).expect("as written above");
        assert_eq!(points.len(), 1);
        assert_eq!((points[0].part.as_str(), points[0].field.as_str()), ("traitement", "recipients"));
        assert_eq!(points[0].about, "Les données personnelles : destinataires");
    }

    #[test]
    fn a_point_that_cannot_be_kept_is_told_with_its_place() {
        let mut form = form(&[("point.traitement.recipients", "a\0b")]);
        assert_eq!(read(&mut form, &sections()), None);
        assert!(form.error("points").expect("as written above").contains("destinataires"));
    }
}
