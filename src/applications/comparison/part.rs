//! What a version says, part by part, as it is compared.

use crate::{
    applications::{
        reading::{Line, Section},
        version::Version,
    },
    organisations::{Identity, Organisation},
};

/// A part of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its anchor: the address of the step when it is one.
    pub slug: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it says.
    pub lines: Vec<Line>,
}

impl Part {
    /// The organisation, every section, and what the applicant said when handing it in.
    pub fn of_version(version: &Version) -> Vec<Self> {
        let sections = Section::of_content(&version.content);
        let said = if version.explanation.is_empty() { vec![] } else { vec![Line::new("Précision du demandeur", &version.explanation)] };
        std::iter::once(Self { slug: "organisme", title: "L’organisme", lines: of_organisation(&version.organisation) })
            .chain(sections.into_iter().map(|section| Self {
                slug: section.step.slug(),
                title: section.step.title(),
                lines: section.lines,
            }))
            .chain([Self { slug: "precision", title: "Ce qui a été précisé au dépôt", lines: said }])
            .filter(|part| !part.lines.is_empty())
            .collect()
    }
}

fn of_organisation(organisation: &Organisation) -> Vec<Line> {
    let identity = Identity::from(organisation);
    let form = identity.legal_category.map(|category| category.label().map_or_else(|| category.to_string(), str::to_owned));
    [
        ("Nom", identity.name),
        ("SIRET", identity.siret.to_string()),
        // « Adresse » or « Commune »: the same line, however much of it is published
        ("Adresse", identity.address),
        ("Forme juridique", form.unwrap_or_default()),
        ("Activité principale", identity.activity_code),
        ("Création de l’établissement", identity.created_on),
        ("État", identity.state.to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(label, value)| Line::new(label, value))
    .collect()
}
