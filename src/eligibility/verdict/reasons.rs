//! « Pourquoi » : condition by condition, the fact, where it comes from, and the text that asks for it.

use super::{Facts, Leaf, Mark, Reason};
use crate::{
    criteria::{Finding, Outcome as Found, Rule},
    eligibility::{
        answers::{Answers, YesNo},
        question::Question,
    },
};

const ARRETE: &str = "Arrêté du 8 novembre 2018 relatif à FranceConnect";
const ANSWER: &str = "Votre réponse";

fn reason(mark: Mark, title: &str, fact: impl Into<String>, source: impl Into<String>) -> Reason {
    Reason { mark, title: title.to_owned(), fact: fact.into(), source: source.into() }
}

/// The reasons of a verdict, in the order in which a person will look at them.
pub(super) fn of(leaf: Leaf, answers: &Answers, facts: Option<&Facts>) -> Vec<Reason> {
    match leaf {
        Leaf::Individual => vec![reason(
            Mark::NotMet,
            "Être un organisme qui propose un service en ligne",
            "L’habilitation est donnée à des administrations, des entreprises ou des associations, jamais à une personne pour elle-même.",
            format!("{ARRETE}. {ANSWER}."),
        )],
        Leaf::Administration
        | Leaf::AdministrationFound
        | Leaf::AdministrationToCheck
        | Leaf::PrivateWithMission
        | Leaf::PrivateWithoutMission
        | Leaf::CeasedAdministration
        | Leaf::PublicBody => administration(leaf, facts),
        Leaf::VendorForAdministration | Leaf::VendorForDoubtfulClient | Leaf::VendorForPrivate | Leaf::VendorForItself => {
            vendor(leaf, facts)
        }
        Leaf::AddressOnly | Leaf::AddressAndMore => address_change(leaf),
        Leaf::IdentityByText | Leaf::IdentityTextUnknown | Leaf::IdentityWithoutText => vec![identity(leaf)],
        Leaf::NoCase => vec![reason(
            Mark::NotMet,
            "Être dans l’un des trois cas",
            "Vous avez répondu qu’aucun ne correspond au vôtre.",
            format!("{ARRETE} ; arrêté d’expérimentation. {ANSWER}."),
        )],
        _ => experiment(leaf, answers, facts),
    }
}

fn administration(leaf: Leaf, facts: Option<&Facts>) -> Vec<Reason> {
    let is_administration = match facts.map(Facts::administration).filter(|finding| finding.outcome != Found::Unknown) {
        Some(finding) if leaf == Leaf::PrivateWithMission => Reason {
            mark: Mark::ToLookAt,
            fact: format!("{} Vous avez répondu que vous avez une mission de service public administratif.", finding.fact),
            ..of_finding(&finding)
        },
        Some(finding) => of_finding(&finding),
        None => reason(
            Mark::Met,
            Rule::A1.title(),
            "Vous l’avez indiqué ; nous le vérifierons avec votre numéro SIRET.",
            format!("{}. {ANSWER}.", Rule::A1.source()),
        ),
    };
    let legal_basis = reason(
        Mark::Met,
        "Citer le cadre juridique",
        "L’arrêté du 8 novembre 2018 relatif à FranceConnect est déjà inscrit dans la demande.",
        format!("{ARRETE}."),
    );
    if matches!(leaf, Leaf::PrivateWithoutMission | Leaf::CeasedAdministration) {
        vec![is_administration]
    } else {
        vec![is_administration, legal_basis]
    }
}

fn vendor(leaf: Leaf, facts: Option<&Facts>) -> Vec<Reason> {
    let (mark, fact) = match leaf {
        Leaf::VendorForAdministration => {
            (Mark::ToLookAt, "Vous avez répondu que vous agissez pour une administration ou une collectivité.")
        }
        Leaf::VendorForDoubtfulClient => {
            (Mark::ToLookAt, "Vous avez répondu que vous agissez pour une administration, ce que le registre ne confirme pas.")
        }
        Leaf::VendorForPrivate => (Mark::NotMet, "Vous avez répondu que vous agissez pour une entreprise ou une association."),
        _ => (Mark::NotMet, "Vous avez répondu que le service est le vôtre."),
    };
    let acts_for = reason(mark, "Agir pour le compte d’une administration ou d’une collectivité", fact, format!("{ARRETE}. {ANSWER}."));
    let client = facts
        .filter(|_| matches!(leaf, Leaf::VendorForAdministration | Leaf::VendorForDoubtfulClient))
        .map(Facts::administration)
        .filter(|finding| finding.outcome != Found::Unknown)
        .map(|finding| Reason { title: "L’entité que vous représentez est une administration".into(), ..of_finding(&finding) });
    [Some(acts_for), client].into_iter().flatten().collect()
}

fn address_change(leaf: Leaf) -> Vec<Reason> {
    let only = match leaf {
        Leaf::AddressOnly => reason(
            Mark::Met,
            "Uniquement pour ces services",
            "Vous avez répondu que FranceConnect ne servirait qu’à eux.",
            format!("{ARRETE}. {ANSWER}."),
        ),
        _ => reason(
            Mark::NotMet,
            "Uniquement pour ces services",
            "Vous avez répondu que FranceConnect servirait aussi à d’autres services : il faudra les en exclure.",
            format!("{ARRETE}. {ANSWER}."),
        ),
    };
    vec![
        reason(
            Mark::ToLookAt,
            "Proposer des services en ligne liés à la démarche de changement d’adresse",
            "Vous l’avez indiqué ; vous décrirez votre service dans la demande.",
            format!("{ARRETE}. Examiné par une personne."),
        ),
        only,
    ]
}

fn identity(leaf: Leaf) -> Reason {
    let (mark, fact) = match leaf {
        Leaf::IdentityByText => (Mark::ToLookAt, "Vous avez répondu qu’un texte l’impose : vous en citerez la référence."),
        Leaf::IdentityTextUnknown => (Mark::ToLookAt, "Vous ne savez pas si un texte l’impose."),
        _ => (Mark::NotMet, "Vous avez répondu qu’aucun texte ne l’impose."),
    };
    let source = if mark == Mark::NotMet { ANSWER } else { "Examiné par une personne" };
    reason(
        mark,
        "L’usage du service nécessite, d’après un texte législatif ou réglementaire, de vérifier l’identité des utilisateurs",
        fact,
        format!("{ARRETE}, article 4. {source}."),
    )
}

/// E0 to E4, as far as the visitor went, then the commitments.
fn experiment(leaf: Leaf, answers: &Answers, facts: Option<&Facts>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for (rule, question, given, ends) in [
        (Rule::E0, Question::LegalPerson, answers.legal_person, Leaf::NotALegalPerson),
        (Rule::E1, Question::Establishment, answers.establishment, Leaf::NoEstablishment),
        (Rule::E2, Question::Seniority, answers.seniority, Leaf::TooYoung),
    ] {
        reasons.push(match facts.and_then(|facts| facts.answer(question)) {
            Some(finding) => of_finding(&finding),
            None => declared(rule, given),
        });
        if leaf == ends {
            return reasons;
        }
    }
    reasons.push(if leaf == Leaf::NotOnline {
        reason(Mark::NotMet, Rule::E3.title(), "Vous avez répondu non.", format!("{}. {ANSWER}.", Rule::E3.source()))
    } else {
        reason(
            Mark::ToLookAt,
            Rule::E3.title(),
            "Vous donnerez son adresse et une description. Nous vérifierons qu’il fournit, échange ou partage un bien ou un service.",
            format!("{}. Examiné par une personne.", Rule::E3.source()),
        )
    });
    if leaf == Leaf::NotOnline {
        return reasons;
    }
    reasons.push(match answers.sector.flatten() {
        Some(sector) => reason(
            Mark::ToLookAt,
            Rule::E4.title(),
            format!("Vous avez choisi « {} ». Vous expliquerez en quoi votre service y contribue.", sector.label()),
            format!("{}. Examiné par une personne.", Rule::E4.source()),
        ),
        None => {
            reason(Mark::NotMet, Rule::E4.title(), "Vous avez répondu qu’aucun ne correspond.", format!("{}. {ANSWER}.", Rule::E4.source()))
        }
    });
    if leaf == Leaf::CommitmentsDeclined {
        let source = format!("{}. {ANSWER}.", Rule::S1.source());
        reasons.push(reason(
            Mark::NotMet,
            "Prendre les sept engagements",
            "Vous avez répondu que vous ne pouvez pas les prendre tous.",
            source,
        ));
    }
    reasons
}

fn declared(rule: Rule, given: Option<YesNo>) -> Reason {
    let source = format!("{}. {ANSWER}.", rule.source());
    match given {
        Some(YesNo::No) => reason(Mark::NotMet, rule.title(), "Vous avez répondu non.", source),
        _ => reason(
            Mark::ToLookAt,
            rule.title(),
            "Vous avez répondu oui ; nous le vérifierons dans le registre avec votre numéro SIRET.",
            source,
        ),
    }
}

fn of_finding(finding: &Finding) -> Reason {
    let mark = match finding.outcome {
        Found::Pass => Mark::Met,
        Found::Fail => Mark::NotMet,
        Found::ToCheck | Found::Unknown => Mark::ToLookAt,
    };
    reason(mark, finding.rule.title(), finding.fact.clone(), format!("{}. {}", finding.rule.source(), finding.source_line()))
}
