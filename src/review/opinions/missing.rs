//! What a demande still lacks before a decision on it can be signed.

use super::{Asked, Opinion, Service};
use crate::applications::Kind;

/// Something is lacking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nobody asked that service.
    NotAsked(Service),
    /// It was asked and has not answered on the current version.
    Awaited(Service),
    /// One person answered for two services.
    SamePerson,
}

impl Missing {
    /// What to do about it.
    pub fn sentence(self) -> String {
        match self {
            Self::NotAsked(service) => format!("L’avis {} n’a pas été demandé.", service.of()),
            Self::Awaited(service) => format!("L’avis {} est attendu sur la version en cours.", service.of()),
            Self::SamePerson => "Les deux avis doivent être rendus par deux personnes.".into(),
        }
    }
}

/// What a decision on that kind of demande still waits for: the opinions it cannot do without, on the `current` version, by two people. Nothing
/// when it can be signed. `asked` and `given` may be about any version.
pub fn missing(kind: Kind, current: i32, asked: &[Asked], given: &[Opinion]) -> Vec<Missing> {
    let of = |service: Service| given.iter().find(|opinion| opinion.version == current && opinion.service == service);
    let needed = Service::needed_for(kind);
    let mut missing: Vec<Missing> = needed
        .iter()
        .filter(|service| of(**service).is_none())
        .map(|service| {
            let is_asked = asked.iter().any(|asked| asked.version == current && asked.service == *service);
            if is_asked { Missing::Awaited(*service) } else { Missing::NotAsked(*service) }
        })
        .collect();
    let mut authors: Vec<i64> = needed.iter().filter_map(|service| of(*service)).map(|opinion| opinion.by.0).collect();
    let count = authors.len();
    authors.sort_unstable();
    authors.dedup();
    if authors.len() < count {
        missing.push(Missing::SamePerson);
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::opinions::examples::{asked, opinion};

    #[test]
    fn a_candidature_needs_two_opinions_of_two_people_on_its_current_version() {
        let (legal, team) = (Service::Legal, Service::FranceConnect);
        let table: [(Vec<Asked>, Vec<Opinion>, Vec<Missing>); 6] = [
            (vec![], vec![], vec![Missing::NotAsked(team), Missing::NotAsked(legal)]),
            (vec![asked(2, legal)], vec![], vec![Missing::NotAsked(team), Missing::Awaited(legal)]),
            (vec![asked(2, legal), asked(2, team)], vec![opinion(2, legal, 1)], vec![Missing::Awaited(team)]),
            (vec![asked(2, legal), asked(2, team)], vec![opinion(2, legal, 1), opinion(2, team, 2)], vec![]),
            (vec![asked(2, legal), asked(2, team)], vec![opinion(2, legal, 1), opinion(2, team, 1)], vec![Missing::SamePerson]),
            (vec![asked(2, legal), asked(2, team)], vec![opinion(1, legal, 1), opinion(2, team, 2)], vec![Missing::Awaited(legal)]),
        ];
        for (asked, given, expected) in table {
            assert_eq!(missing(Kind::Experiment, 2, &asked, &given), expected, "{asked:?} {given:?}");
            assert!(expected.iter().all(|missing| missing.sentence().ends_with('.')));
        }
    }

    #[test]
    fn the_other_kinds_wait_for_none() {
        for kind in [Kind::Administration, Kind::PrivateAddressChange, Kind::PrivateIdentityCheck] {
            assert!(missing(kind, 1, &[asked(1, Service::Legal)], &[]).is_empty(), "{kind}");
        }
    }
}
