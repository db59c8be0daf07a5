//! What narrows the queue, and how it is written in addresses: read back, it is the same filter.

use strum::VariantArray;
use url::form_urlencoded;

use super::{PlaceChoice, Preset, Whose};
use crate::{
    applications::{AssuranceLevel, Kind, Search, State},
    criteria::Sector,
    ids::AccountId,
};

/// Characters of a text kept: as many as a search reads, and one that says it is too long.
const LONGEST: usize = 201;

/// Which states are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
pub enum Standing {
    /// Somebody still waits for an answer.
    #[strum(serialize = "sans-decision")]
    Undecided,
    /// With the team.
    #[strum(serialize = "a-instruire")]
    Submitted,
    /// With the applicant.
    #[strum(serialize = "a-completer")]
    ChangesRequested,
    /// Granted.
    #[strum(serialize = "validees")]
    Approved,
    /// Granted, and being changed by whoever holds the right.
    #[strum(serialize = "en-modification")]
    Reopened,
    /// Refused.
    #[strum(serialize = "refusees")]
    Refused,
    /// Taken back.
    #[strum(serialize = "retirees")]
    Withdrawn,
    /// Closed by the team, nobody having answered.
    #[strum(serialize = "classees")]
    Closed,
    /// All that were ever received.
    #[strum(serialize = "toutes")]
    Any,
}

impl Standing {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Undecided => "Sans décision",
            Self::Submitted => "En cours d’instruction",
            Self::ChangesRequested => "À compléter",
            Self::Approved => "Validées",
            Self::Reopened => "Modification en cours",
            Self::Refused => "Refusées",
            Self::Withdrawn => "Retirées",
            Self::Closed => "Classées sans suite",
            Self::Any => "Toutes, décidées comprises",
        }
    }

    /// The states it lists; nothing for all of them.
    pub fn states(self) -> Option<&'static [State]> {
        match self {
            Self::Undecided => Some(&[State::Submitted, State::ChangesRequested]),
            Self::Submitted => Some(&[State::Submitted]),
            Self::ChangesRequested => Some(&[State::ChangesRequested]),
            Self::Approved => Some(&[State::Approved]),
            Self::Reopened => Some(&[State::Reopened]),
            Self::Refused => Some(&[State::Refused]),
            Self::Withdrawn => Some(&[State::Withdrawn]),
            Self::Closed => Some(&[State::Closed]),
            Self::Any => None,
        }
    }

    /// Whether it lists only what is in progress: few rows, whatever was decided in the years before.
    pub fn is_in_progress(self) -> bool {
        self.states().is_some_and(|states| states.iter().all(|state| state.is_in_progress()))
    }
}

/// Whose dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerChoice {
    /// The reader's own.
    Me,
    /// Those nobody has taken.
    Nobody,
    /// A colleague's.
    Colleague(AccountId),
}

impl OwnerChoice {
    fn parse(typed: &str) -> Option<Self> {
        match typed {
            "moi" => Some(Self::Me),
            "personne" => Some(Self::Nobody),
            number => AccountId::parse(number).map(Self::Colleague),
        }
    }
}

impl std::fmt::Display for OwnerChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Me => f.write_str("moi"),
            Self::Nobody => f.write_str("personne"),
            Self::Colleague(account) => account.fmt(f),
        }
    }
}

/// What the queue shows. Nothing chosen is what waits for an answer, or everything when a text is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What was typed.
    pub text: String,
    /// The kind of demande.
    pub kind: Option<Kind>,
    /// The sector of a candidature.
    pub sector: Option<Sector>,
    /// The level asked.
    pub level: Option<AssuranceLevel>,
    /// Whose turn it is.
    pub turn: Option<Whose>,
    /// Whose dossiers.
    pub owner: Option<OwnerChoice>,
    /// The place of a candidature.
    pub place: Option<PlaceChoice>,
    /// Which states, when it was chosen.
    pub standing: Option<Standing>,
    /// Only those past their day, or nearly.
    pub is_late: bool,
}

impl Filter {
    /// Reads the query of an address; what says nothing narrows nothing.
    pub fn parse(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            match name.as_ref() {
                "q" => value.chars().take(LONGEST).collect::<String>().trim().clone_into(&mut filter.text),
                "type" => filter.kind = value.parse().ok(),
                "secteur" => filter.sector = value.parse().ok(),
                "niveau" => filter.level = value.parse().ok(),
                "tour" => filter.turn = value.parse().ok(),
                "responsable" => filter.owner = OwnerChoice::parse(value),
                "place" => filter.place = value.parse().ok(),
                "etat" => filter.standing = value.parse().ok(),
                "echeance" => filter.is_late = value == "retard",
                _ => {}
            }
        }
        filter
    }

    /// As the query of an address, without its question mark; empty when nothing was chosen.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        };
        add("q", Some(self.text.clone()).filter(|text| !text.is_empty()));
        add("type", self.kind.map(|kind| kind.to_string()));
        add("secteur", self.sector.map(|sector| sector.to_string()));
        add("niveau", self.level.map(|level| level.to_string()));
        add("tour", self.turn.map(|turn| turn.to_string()));
        add("responsable", self.owner.map(|owner| owner.to_string()));
        add("place", self.place.map(|place| place.to_string()));
        add("etat", self.standing.map(|standing| standing.to_string()));
        add("echeance", self.is_late.then(|| "retard".into()));
        query.finish()
    }

    /// Which states are listed: a text is looked for everywhere unless some were chosen, and so are granted places.
    pub fn listed(&self) -> Standing {
        let reaches_back = !self.text.is_empty() || self.place.is_some_and(PlaceChoice::is_decided);
        let usual = if reaches_back { Standing::Any } else { Standing::Undecided };
        self.standing.unwrap_or(usual)
    }

    /// Whether it lists few rows, whatever was decided in the years before: what is in progress, or who holds places or waits for one.
    pub fn is_of_few(&self) -> bool {
        self.listed().is_in_progress() || self.place.is_some()
    }

    /// What the text means.
    pub fn search(&self) -> Search {
        Search::parse(&self.text)
    }

    /// The ready list it is.
    pub fn preset(&self) -> Option<Preset> {
        Preset::ALL.iter().copied().find(|preset| preset.filter() == *self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{option, prelude::*, sample::select};

    use super::*;

    fn filters() -> impl Strategy<Value = Filter> {
        let owner = prop_oneof![
            Just(OwnerChoice::Me),
            Just(OwnerChoice::Nobody),
            (0..i64::MAX / 10).prop_map(|number| OwnerChoice::Colleague(AccountId(number)))
        ];
        let text = "[^\\s\\pC]([\\PC]{0,40}[^\\s\\pC])?|";
        let levels = vec![AssuranceLevel::Low, AssuranceLevel::Substantial];
        (
            text,
            option::of(select(Kind::VARIANTS)),
            option::of(select(Sector::ALL)),
            option::of(select(levels)),
            option::of(select(Whose::ALL)),
            option::of(owner),
            option::of(select(PlaceChoice::ALL)),
            option::of(select(Standing::ALL)),
            any::<bool>(),
        )
            .prop_map(|(text, kind, sector, level, turn, owner, place, standing, is_late)| Filter {
                text,
                kind,
                sector,
                level,
                turn,
                owner,
                place,
                standing,
                is_late,
            })
    }

    proptest! {
        #[test]
        fn what_is_written_in_an_address_is_read_back(filter in filters()) {
            prop_assert_eq!(Filter::parse(&filter.query()), filter);
        }

        #[test]
        fn whatever_stands_in_an_address_is_a_filter(query in "[\\PC&=%]{0,400}") {
            let filter = Filter::parse(&query);
            prop_assert_eq!(Filter::parse(&filter.query()), filter);
        }
    }

    #[test]
    fn what_says_nothing_narrows_nothing() {
        assert_eq!(Filter::parse("etat=%27%3B+drop&responsable=-1&tour=&type=x&place=prise&echeance=demain&apres=12"), Filter::default());
        assert_eq!(Filter::default().query(), "");
    }

    #[test]
    fn a_text_is_looked_for_everywhere_unless_a_state_was_chosen() {
        assert_eq!(Filter::default().listed(), Standing::Undecided);
        assert_eq!(Filter::parse("q=clamart").listed(), Standing::Any);
        assert_eq!(Filter::parse("q=clamart&etat=a-completer").listed(), Standing::ChangesRequested);
    }

    #[test]
    fn a_granted_place_is_looked_for_among_what_was_decided_and_counted_all_the_same() {
        assert_eq!(Filter::parse("place=en-attente").listed(), Standing::Undecided);
        assert_eq!(Filter::parse("place=accordee").listed(), Standing::Any);
        assert_eq!(Filter::parse("place=accordee&etat=sans-decision").listed(), Standing::Undecided);
        assert!(Filter::parse("place=accordee").is_of_few() && !Filter::parse("etat=toutes").is_of_few());
    }

    #[test]
    fn each_ready_list_is_known_by_its_address() {
        for preset in Preset::ALL {
            assert_eq!(Filter::parse(&preset.filter().query()).preset(), Some(*preset));
            assert!(preset.filter().listed().is_in_progress());
        }
        assert_eq!(Filter::parse("etat=toutes").preset(), None);
    }
}
