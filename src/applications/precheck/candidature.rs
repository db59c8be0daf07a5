//! The rules of the experiment: E0 to E4, S1 to S7, and A4 and A5 as for any demande.

use time::Date;

use super::{Known, shared};
use crate::{
    applications::{
        case::{Candidature, Contribution, country::Where},
        content::Content,
        personal_data::PersonalData,
    },
    criteria::{Finding, Outcome, Rule, Sector, establishment_in_france, legal_person, sector_hint, seniority},
    organisations::Nature,
};

pub(super) fn findings(applicant: Known<'_>, content: &Content, answers: &Candidature, on: Date) -> Vec<Finding> {
    let contradicted = |found: Finding| {
        let fails = found.outcome == Outcome::Fail;
        found.explained_when(fails)
    };
    let mut findings = vec![
        applicant.by_register(Rule::E0, |facts| {
            let is_public = facts.legal_category.is_some_and(|category| category.nature() == Nature::Public);
            let found = contradicted(legal_person(facts));
            Finding { to_explain: found.to_explain || is_public, ..found }
        }),
        applicant.by_register(Rule::E1, |facts| contradicted(establishment_in_france(facts))),
        of_seniority(applicant, &answers.contribution, on),
        Finding::declared(
            Rule::E3,
            Outcome::ToCheck,
            format!("Adresse donnée\u{a0}: {}. Une personne verra le service.", content.service.url),
        ),
        of_sector(applicant, &answers.contribution),
    ];
    findings.extend(of_commitments(answers, &content.personal_data));
    findings.push(shared::contacts(content));
    findings.extend(shared::assurance(content));
    findings.extend(shared::proportionality(content));
    findings
}

/// The register first; what it does not show, the evidence says and a person reads. Evidence is an explanation.
fn of_seniority(applicant: Known<'_>, contribution: &Contribution, on: Date) -> Finding {
    let found = applicant.by_register(Rule::E2, |facts| seniority(facts, on));
    if contribution.evidence.is_empty() {
        let fails = found.outcome == Outcome::Fail;
        return Finding { to_explain: found.to_explain || fails, ..found };
    }
    let fact = format!("{} Le demandeur précise\u{a0}: «\u{a0}{}\u{a0}»", found.fact, shared::shortened(&contribution.evidence));
    let outcome = if found.outcome == Outcome::Pass { Outcome::Pass } else { Outcome::ToCheck };
    Finding { fact, outcome, to_explain: false, ..found }
}

/// E4 is about the service: the activity of the organisation only helps to read, and is never held against it.
fn of_sector(applicant: Known<'_>, contribution: &Contribution) -> Finding {
    let hint = applicant.organisation.facts.as_ref().and_then(sector_hint);
    let beside = match hint {
        Some(hint) if hint.sector == contribution.sector => format!(" L’activité au registre l’évoque aussi\u{a0}: {}.", hint.because),
        Some(hint) => format!(" L’activité au registre évoque plutôt «\u{a0}{}\u{a0}»\u{a0}: {}.", hint.sector.label(), hint.because),
        None => String::new(),
    };
    let certificates = match contribution.sector {
        Sector::Certification => format!(" Certifications\u{a0}: {}.", contribution.certificates.join(", ")),
        _ => String::new(),
    };
    let fact = format!("Secteur choisi\u{a0}: «\u{a0}{}\u{a0}».{certificates}{beside}", contribution.sector.label());
    Finding::declared(Rule::E4, Outcome::ToCheck, fact)
}

/// Each commitment with its day and its document; what the demande itself says of S4 and S6 beside it.
fn of_commitments(answers: &Candidature, data: &PersonalData) -> Vec<Finding> {
    let made = answers.commitments.iter().map(|made| {
        let words = made.words().replace('\n', ". ");
        match made.rule {
            Rule::S1 => {
                let now = &answers.baseline;
                let figures = format!(
                    "{} connexions, {} comptes créés et {} visites par mois",
                    now.monthly_connections, now.monthly_accounts, now.monthly_traffic
                );
                Finding::declared(Rule::S1, Outcome::Pass, format!("{words}. Avant intégration\u{a0}: {figures}."))
            }
            Rule::S4 => {
                let end = shared::shortened(&data.retention_end);
                let fact = format!(
                    "{words}. Conservation de {}\u{a0}mois, jusqu’à cet événement\u{a0}: «\u{a0}{end}\u{a0}»",
                    data.retention_months
                );
                Finding::declared(Rule::S4, Outcome::ToCheck, fact)
            }
            Rule::S6 => outside(answers, &words),
            rule => Finding::declared(rule, Outcome::Pass, format!("{words}.")),
        }
    });
    made.collect()
}

/// S6: outside the Union fails, where its law has equivalents a person looks. Nothing is stopped by it.
fn outside(answers: &Candidature, words: &str) -> Finding {
    let named = |wanted: fn(Where) -> bool| {
        let there = answers.hosting.everybody().filter(|(_, country)| country.is_none_or(|country| wanted(country.place)));
        there
            .map(|(name, country)| format!("{name} ({})", country.map_or("pays inconnu", |country| country.name)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let elsewhere = named(|place| place == Where::Elsewhere);
    let equivalent = named(|place| matches!(place, Where::EconomicArea | Where::FrenchOverseas | Where::Adequate));
    let (outcome, where_to) = match (elsewhere.as_str(), equivalent.as_str()) {
        ("", "") => (Outcome::Pass, "L’hébergeur et les sous-traitants déclarés sont dans l’Union européenne.".to_owned()),
        ("", equivalent) => (
            Outcome::ToCheck,
            format!(
                "Hors de l’Union, là où une protection équivalente est reconnue ou à apprécier\u{a0}: {equivalent}. La règle dit «\u{a0}Union européenne\u{a0}»."
            ),
        ),
        (elsewhere, _) => (Outcome::Fail, format!("Hors de l’Union européenne\u{a0}: {elsewhere}.")),
    };
    Finding::declared(Rule::S6, outcome, format!("{words}. {where_to}"))
}
