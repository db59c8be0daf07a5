//! Where to go from a verdict: what must be known besides, and the other ways.

use super::{Facts, Leaf, Link};
use crate::{
    calendar,
    eligibility::{
        answers::{Answers, Case, Profile, address},
        question::Question,
        way::{Way, is_open_here},
    },
    organisations::{State, UnitState},
};

/// The wizard again, as somebody else or in another case, with the number kept.
fn again(answers: &Answers, profile: Profile, case: Option<Case>) -> String {
    let other = Answers { siret: answers.siret.clone(), profile: Some(profile), case, ..Answers::default() };
    address(&other.pairs(&[Question::Who, Question::Case]))
}

/// The first thing to do when nothing can be asked for.
pub(super) fn way_on(leaf: Leaf, answers: &Answers) -> Option<Link> {
    let another_case = || Link {
        label: "Vérifier un autre cas",
        href: again(answers, Profile::Private, None),
        about: "Changement d’adresse, vérification d’identité imposée par un texte.",
    };
    match leaf {
        Leaf::Individual => Some(Link {
            label: "Consulter la FAQ de FranceConnect",
            href: "https://franceconnect.gouv.fr/faq".into(),
            about: "Elle répond aux questions des usagers : se connecter, retrouver un compte, comprendre un refus.",
        }),
        Leaf::PrivateWithoutMission | Leaf::VendorForItself => Some(Link {
            label: "Vérifier mon cas",
            href: again(answers, Profile::Private, None),
            about: "Les trois cas ouverts aux entreprises et aux associations.",
        }),
        Leaf::CeasedAdministration => {
            Some(Link { label: "Donner un autre SIRET", href: address(&[]), about: "Celui de l’organisme qui lui a succédé." })
        }
        Leaf::VendorForPrivate => Some(Link {
            label: "Vérifier le cas de mon client",
            href: again(answers, Profile::Private, None),
            about: "Les trois cas ouverts aux entreprises et aux associations ; envoyez-lui cette adresse.",
        }),
        Leaf::IdentityWithoutText | Leaf::NoCase => Some(Link {
            label: "Vérifier les critères de l’expérimentation",
            href: again(answers, Profile::Private, Some(Case::Experiment)),
            about: "Six secteurs, plus de trois ans d’activité, sept engagements.",
        }),
        leaf if leaf.is_of_the_experiment() && leaf.way().is_none() => Some(another_case()),
        _ => None,
    }
}

/// Other ways, below the act.
pub(super) fn elsewhere(leaf: Leaf, answers: &Answers) -> Vec<Link> {
    match leaf {
        Leaf::Individual => vec![
            Link {
                label: "Le site de FranceConnect",
                href: "https://franceconnect.gouv.fr/".into(),
                about: "Ce qu’est FranceConnect, et où vous en servir.",
            },
            Link {
                label: "Écrire à l’équipe de FranceConnect",
                href: "mailto:support@franceconnect.gouv.fr".into(),
                about: "Si la FAQ ne répond pas : support@franceconnect.gouv.fr.",
            },
        ],
        Leaf::NotALegalPerson | Leaf::NoEstablishment | Leaf::TooYoung => vec![Link {
            label: "Corriger le registre",
            href: "https://procedures.inpi.fr/".into(),
            about: "Le registre se trompe ou n’est pas à jour : faites-le corriger par le guichet unique des formalités, ou par l’INSEE pour une association, puis recommencez.",
        }],
        Leaf::AddressAndMore | Leaf::IdentityTextUnknown | Leaf::OutsideSectors => vec![Link {
            label: "Voir les autres cas",
            href: again(answers, Profile::Private, None),
            about: "Changement d’adresse, vérification d’identité imposée par un texte, expérimentation.",
        }],
        Leaf::VendorForAdministration | Leaf::VendorForDoubtfulClient => vec![Link {
            label: "La page à transmettre à votre client",
            href: again(answers, Profile::Administration, None),
            about: "Il peut déposer lui-même, et vous désigner comme contact technique.",
        }],
        _ => Vec::new(),
    }
}

/// What else must be known before acting.
pub(super) fn notes(leaf: Leaf, facts: Option<&Facts>) -> Vec<String> {
    let mut notes = Vec::new();
    if leaf.way().is_some() {
        notes.extend(facts.and_then(closed));
    }
    match leaf.way() {
        Some(Way::Administration) => notes.push(
            if is_open_here(Way::VendorForClient) {
                "Si vous travaillez avec un éditeur, celui-ci peut remplir cette démarche à votre place. Vous en serez informé par une lettre, et pourrez vous y opposer."
            } else {
                "Si vous travaillez avec un éditeur, l’arrêté lui permet de remplir cette démarche à votre place. Ce guichet ne reçoit pas encore les demandes des éditeurs : déposez vous-même, et désignez-le comme contact technique."
            }
            .into(),
        ),
        Some(way) if !is_open_here(way) => notes.push(not_yet(way).into()),
        _ => {}
    }
    notes
}

/// Honest about today.
fn not_yet(way: Way) -> &'static str {
    match way {
        Way::VendorForClient => {
            "Ce guichet ne reçoit pas encore les demandes qu’un éditeur remplit pour son client. Aujourd’hui, votre client peut déposer lui-même et vous désigner comme contact technique ; ou écrivez-nous."
        }
        _ => {
            "Ce guichet ne reçoit aujourd’hui que les demandes des administrations. Écrivez-nous avec les éléments de la liste : nous vous dirons comment faire."
        }
    }
}

/// A closed establishment can ask for nothing; another one of the same organisation may.
fn closed(facts: &Facts) -> Option<String> {
    let entity = &facts.entity;
    if entity.state() != State::Closed {
        return None;
    }
    Some(if entity.unit_state == Some(UnitState::Ceased) {
        "D’après le registre, cet organisme a cessé son activité : indiquez le SIRET de celui qui lui a succédé.".into()
    } else {
        let since = entity.closed_on.map(|day| format!(" depuis le {}", calendar::written(day))).unwrap_or_default();
        format!("D’après le registre, cet établissement est fermé{since} : pour demander, il faudra le SIRET d’un établissement ouvert.")
    })
}
