//! What waits for whom: the filters of the queue and what a search means.

use time::OffsetDateTime;

use crate::{
    applications::{Kind, State},
    ids::ApplicationId,
};

/// Ready lists, each an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::VariantArray)]
pub enum Preset {
    /// Wait for a reviewer.
    #[default]
    ToInstruct,
    /// Wait for their applicant.
    WaitingForApplicant,
    /// Approved.
    Approved,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
    /// All that were ever received.
    All,
}

impl Preset {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Its value in the address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::ToInstruct => "a-instruire",
            Self::WaitingForApplicant => "a-completer",
            Self::Approved => "validees",
            Self::Refused => "refusees",
            Self::Withdrawn => "retirees",
            Self::All => "toutes",
        }
    }

    /// The list of that address; unknown ones are the first.
    pub fn from_slug(slug: &str) -> Self {
        Self::ALL.iter().copied().find(|preset| preset.slug() == slug).unwrap_or_default()
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::ToInstruct => "À instruire",
            Self::WaitingForApplicant => "En attente du demandeur",
            Self::Approved => "Validées",
            Self::Refused => "Refusées",
            Self::Withdrawn => "Retirées",
            Self::All => "Toutes",
        }
    }

    /// The state it lists, or all.
    pub fn state(self) -> Option<State> {
        match self {
            Self::ToInstruct => Some(State::Submitted),
            Self::WaitingForApplicant => Some(State::ChangesRequested),
            Self::Approved => Some(State::Approved),
            Self::Refused => Some(State::Refused),
            Self::Withdrawn => Some(State::Withdrawn),
            Self::All => None,
        }
    }
}

/// What a search means: a number found exactly, or words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Nothing was searched.
    Nothing,
    /// D12.
    Number(ApplicationId),
    /// 14 digits.
    Siret(String),
    /// 9 digits.
    Siren(String),
    /// Part of an organisation's or a service's name, without accents.
    Words(String),
}

impl Search {
    /// Reads what was typed. Digits are a SIRET or a SIREN when there are 14 or 9 of them, a number otherwise.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().filter(|c| !c.is_control()).take(200).collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return Self::Nothing;
        }
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            match digits.len() {
                14 => return Self::Siret(digits),
                9 => return Self::Siren(digits),
                _ => {}
            }
        }
        ApplicationId::parse(typed).map_or_else(|| Self::Words(typed.to_owned()), Self::Number)
    }
}

/// What the queue shows.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Which list.
    pub preset: Preset,
    /// Which among them.
    pub search: Search,
    /// The last row already shown.
    pub after: Option<ApplicationId>,
}

/// A row of the queue.
#[derive(Clone, Debug)]
pub struct Found {
    /// D12.
    pub id: ApplicationId,
    /// Its kind.
    pub kind: Kind,
    /// The organisation.
    pub organisation: String,
    /// The service.
    pub service_name: String,
    /// Where it stands.
    pub state: State,
    /// The current version.
    pub version: i32,
    /// When it was first received.
    pub received_at: OffsetDateTime,
    /// The order of arrival of a candidature in its campaign.
    pub arrival_rank: Option<i32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_a_number_when_it_looks_like_one() {
        assert_eq!(Search::parse(" D12 "), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("12"), Search::Number(ApplicationId(12)));
        assert_eq!(Search::parse("219 200 235 00014"), Search::Siret("21920023500014".into()));
        assert_eq!(Search::parse("219\u{a0}200\u{a0}235"), Search::Siren("219200235".into()));
        assert_eq!(Search::parse("Clamart"), Search::Words("Clamart".into()));
        assert_eq!(Search::parse("\0 \n"), Search::Nothing);
    }

    #[test]
    fn every_list_has_its_address() {
        for preset in Preset::ALL {
            assert_eq!(Preset::from_slug(preset.slug()), *preset);
        }
        assert_eq!(Preset::from_slug("'; drop table"), Preset::ToInstruct);
    }
}
