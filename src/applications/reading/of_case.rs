//! What a demande says of its own kind, as people read it.

use super::{Line, grouped, line};
use crate::{
    applications::case::{
        AddressChange, Baseline, Commitment, Contribution, Hosting, IdentityText,
        address_change::{USE, uses},
        commitments::COMMITMENTS,
        contribution::SECTOR,
        country, hosting,
        identity_text::{TEXT, choices},
    },
    criteria::Sector,
    fields::Field,
};

pub(super) fn of_address_change(answers: &AddressChange) -> Vec<Line> {
    let only = if answers.only { "Oui" } else { "Non, aussi pour d’autres services" };
    vec![line("Lien avec le changement d’adresse", &answers.link), line("Uniquement pour ces services", only)]
}

pub(super) fn of_identity_text(answers: &IdentityText) -> Vec<Line> {
    vec![line("Texte", &answers.reference), line("Adresse du texte", &answers.url), line("Ce qu’il impose", &answers.imposes)]
}

pub(super) fn of_contribution(answers: &Contribution) -> Vec<Line> {
    let mut lines = vec![line("Secteur", answers.sector.label()), line("Comment le service y contribue", &answers.how)];
    if !answers.certificates.is_empty() {
        lines.push(line("Certifications délivrées", answers.certificates.join(", ")));
    }
    if !answers.evidence.is_empty() {
        lines.push(line("Plus de trois ans d’activité", &answers.evidence));
    }
    lines
}

pub(super) fn of_hosting(answers: &Hosting) -> Vec<Line> {
    let name = |code: &str| country::find(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned());
    let processors: Vec<String> = answers.processors.iter().map(|it| format!("{}, {}", it.name, name(&it.country))).collect();
    vec![
        line("Hébergeur", format!("{}, {}", answers.host, name(&answers.country))),
        line("Sous-traitants", if processors.is_empty() { "Aucun".to_owned() } else { processors.join("\n") }),
    ]
}

pub(super) fn of_baseline(answers: &Baseline) -> Vec<Line> {
    let count = |number: u64| u32::try_from(number).map_or_else(|_| number.to_string(), grouped);
    vec![
        line("Connexions par mois", count(answers.monthly_connections)),
        line("Créations de compte par mois", count(answers.monthly_accounts)),
        line("Visites par mois", count(answers.monthly_traffic)),
        line("Façon de mesurer", &answers.method),
    ]
}

pub(super) fn of_commitments(made: &[Commitment]) -> Vec<Line> {
    made.iter().map(|made| line(format!("{} {}", made.rule, made.rule.title()), made.words())).collect()
}

/// The words of a choice that was made while its step is not complete; nothing for what is typed.
pub(super) fn of_choice(field: Field, values: &[&str]) -> Option<String> {
    let value = *values.first()?;
    let among = |choices: Vec<(&str, &str)>| {
        Some(choices.into_iter().find(|(code, _)| *code == value).map_or_else(String::new, |(_, words)| words.to_owned()))
    };
    if field == SECTOR {
        return Some(value.parse::<Sector>().map_or("", Sector::label).to_owned());
    }
    if field == USE {
        return among(uses().map(|(code, words, _)| (code, words)).to_vec());
    }
    if field == TEXT {
        return among(choices().into_iter().map(|(code, words, _)| (code, words)).collect());
    }
    if field == hosting::COUNTRY {
        return Some(country::find(value).map_or("", |country| country.name).to_owned());
    }
    if COMMITMENTS.iter().any(|it| it.document == field || it.on == field) {
        // told beside the tick
        return Some(String::new());
    }
    COMMITMENTS.iter().any(|it| it.tick == field).then(|| "Pris".to_owned())
}
