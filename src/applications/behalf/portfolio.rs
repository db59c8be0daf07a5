//! A vendor's clients and what is filed for each.

use time::OffsetDateTime;

use crate::{
    applications::{Kind, State, Turn},
    ids::{ApplicationId, OrganisationId},
    organisations::Siret,
};

/// A client of a vendor, and what is filed for it.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The vendor.
    pub vendor: OrganisationId,
    /// Its name.
    pub vendor_name: String,
    /// The client.
    pub client: OrganisationId,
    /// Its number in the register.
    pub siret: Siret,
    /// Its name, as the vendor gave it while no register does.
    pub name: String,
    /// The vendor still acts for it.
    pub lasts: bool,
    /// What is filed, the most recent first.
    pub entries: Vec<Entry>,
}

/// A demande filed for a client.
#[derive(Clone, Debug)]
pub struct Entry {
    /// D12.
    pub id: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// The name of the service, or nothing yet.
    pub service_name: String,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// When its last version was received.
    pub submitted_at: Option<OffsetDateTime>,
    /// The colleague who files it; nobody when it is the reader.
    pub colleague: Option<String>,
    /// Somebody of the client objects to it.
    pub is_objected: bool,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A word of the name of the client or of the service, a SIRET, a number of demande.
    pub words: String,
    /// The state, or any.
    pub state: Option<State>,
}

impl Entry {
    /// Whose turn it is.
    pub fn turn(&self) -> Turn {
        self.state.turn()
    }
}

impl Filter {
    /// What of a client is shown: nothing when neither it nor its demandes are looked for.
    pub fn of(&self, mut holding: Holding) -> Option<Holding> {
        let words = self.words.trim().to_lowercase();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let named = holding.name.to_lowercase().contains(&words) || (digits.len() >= 3 && holding.siret.as_str().starts_with(&digits));
        holding.entries.retain(|entry| {
            let found = entry.service_name.to_lowercase().contains(&words) || entry.id.to_string().to_lowercase() == words;
            (named || found) && self.state.is_none_or(|state| state == entry.state)
        });
        let shown = !holding.entries.is_empty() || (named && self.state.is_none());
        shown.then_some(holding)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn clamart() -> Holding {
        let entry = |id, state, name: &str| Entry {
            id: ApplicationId(id),
            kind: Kind::Administration,
            state,
            service_name: name.into(),
            updated_at: datetime!(2026-12-03 09:00 UTC),
            submitted_at: None,
            colleague: None,
            is_objected: false,
        };
        Holding {
            vendor: OrganisationId(1),
            vendor_name: "Éditeur".into(),
            client: OrganisationId(2),
            siret: Siret::parse("21920023500014").expect("fourteen digits").0,
            name: "Commune de Clamart".into(),
            lasts: true,
            entries: vec![entry(12, State::Draft, "Cantine"), entry(13, State::Submitted, "Piscine")],
        }
    }

    #[test]
    fn a_client_is_found_by_its_name_its_number_and_what_is_filed_for_it() {
        for (words, state, shown) in [
            ("", None, Some(2)),
            ("CLAMART", None, Some(2)),
            ("2192 0023", None, Some(2)),
            ("cantine", None, Some(1)),
            ("d13", None, Some(1)),
            ("clamart", Some(State::Draft), Some(1)),
            ("", Some(State::Approved), None),
            ("cantine", Some(State::Submitted), None),
            ("tulle", None, None),
        ] {
            let filter = Filter { words: words.into(), state };
            assert_eq!(filter.of(clamart()).map(|found| found.entries.len()), shown, "{words:?} {state:?}");
        }
        let without = Holding { entries: Vec::new(), ..clamart() };
        assert!(Filter::default().of(without).is_some(), "a client for which nothing is filed is one still");
    }
}
