//! The demandes a person may read: what waits for them first, then by state, and how they are narrowed and paged.

use time::OffsetDateTime;

use super::{
    application::{Application, Kind},
    search::Search,
    state::State,
};
use crate::ids::{ApplicationId, OrganisationId};

pub(super) mod store;

/// A demande a person may read, and whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The demande.
    pub application: Application,
    /// Its organisation, as this person names it.
    pub organisation: String,
    /// The colleague who files it, by name; nobody when it is this person's own.
    pub colleague: Option<String>,
}

impl Listed {
    /// Under which heading it stands.
    pub fn group(&self) -> Group {
        Group::of(self.application.state, self.colleague.is_none())
    }

    /// Its place in the list, for the page that follows it.
    pub fn place(&self) -> Place {
        Place { rank: self.group().rank(), updated_at: self.application.updated_at, id: self.application.id }
    }
}

/// The headings of the list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Group {
    /// The team waits for this person's answer.
    ToComplete,
    /// Begun and not handed in.
    ToFinish,
    /// This person waits for the team's answer.
    Awaited,
    /// A colleague's, not decided.
    OfColleagues,
    /// Granted.
    Approved,
    /// Refused.
    Refused,
    /// Taken back, or closed without an answer.
    Withdrawn,
}

impl Group {
    /// All, in order.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Where a demande of that state stands for its applicant, or for a colleague.
    pub fn of(state: State, is_own: bool) -> Self {
        match state {
            State::Approved => Self::Approved,
            State::Refused => Self::Refused,
            // Deleted drafts stand in the bin, never here.
            State::Withdrawn | State::Closed | State::Deleted => Self::Withdrawn,
            State::Draft | State::Submitted | State::ChangesRequested | State::Reopened if !is_own => Self::OfColleagues,
            State::ChangesRequested => Self::ToComplete,
            State::Draft | State::Reopened => Self::ToFinish,
            State::Submitted => Self::Awaited,
        }
    }

    /// From 0.
    pub fn rank(self) -> i32 {
        self as i32
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::ToComplete => "À compléter",
            Self::ToFinish => "Brouillons à finir",
            Self::Awaited => "Réponses attendues",
            Self::OfColleagues => "En cours chez vos collègues",
            Self::Approved => "Validées",
            Self::Refused => "Refusées",
            Self::Withdrawn => "Retirées ou classées",
        }
    }

    /// Its anchor.
    pub fn slug(self) -> &'static str {
        match self {
            Self::ToComplete => "a-completer",
            Self::ToFinish => "brouillons",
            Self::Awaited => "attendues",
            Self::OfColleagues => "collegues",
            Self::Approved => "validees",
            Self::Refused => "refusees",
            Self::Withdrawn => "retirees",
        }
    }
}

/// Whose demandes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub enum Whose {
    /// This person's.
    Mine,
    /// Their colleagues'.
    Colleagues,
}

impl Whose {
    /// Its value in the address.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Mine => "moi",
            Self::Colleagues => "collegues",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mine => "Les miennes",
            Self::Colleagues => "Celles de mes collègues",
        }
    }

    /// The value of the address; unknown ones are no filter.
    pub fn from_slug(slug: &str) -> Option<Self> {
        [Self::Mine, Self::Colleagues].into_iter().find(|whose| whose.slug() == slug)
    }
}

/// Where a page of the list ends, and the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Of its group.
    pub rank: i32,
    /// When the demande last changed, to the microsecond as the database keeps it.
    pub updated_at: OffsetDateTime,
    /// Which.
    pub id: ApplicationId,
}

impl Place {
    /// Reads what [`Place`] writes in an address.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut parts = typed.split('-').map(|part| part.parse::<i64>().ok());
        let (rank, micros, id) = (parts.next()??, parts.next()??, parts.next()??);
        let updated_at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).ok()?;
        let is_whole = parts.next().is_none();
        is_whole.then_some(Self { rank: i32::try_from(rank).ok()?, updated_at, id: ApplicationId(id) })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.rank, self.updated_at.unix_timestamp_nanos() / 1000, self.id.0)
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    /// What was searched.
    pub search: Search,
    /// In which state.
    pub state: Option<State>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Of which kind.
    pub kind: Option<Kind>,
    /// Whose.
    pub whose: Option<Whose>,
    /// After which place.
    pub after: Option<Place>,
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn what_waits_for_oneself_stands_before_what_waits_for_others_and_what_is_over() {
        let order: Vec<Group> = [State::ChangesRequested, State::Reopened, State::Submitted].map(|state| Group::of(state, true)).into();
        assert_eq!(order, [Group::ToComplete, Group::ToFinish, Group::Awaited]);
        for state in State::VARIANTS {
            let (own, colleague) = (Group::of(*state, true), Group::of(*state, false));
            assert!(own.rank() <= colleague.rank(), "{state}");
            assert!(Group::ALL[usize::try_from(own.rank()).expect("as written above")] == own);
        }
    }

    #[test]
    fn a_place_comes_back_from_the_address_and_nothing_else_is_one() {
        let place = Place { rank: 2, updated_at: datetime!(2026-12-03 9:00:00.123456 UTC), id: ApplicationId(12) };
        assert_eq!(Place::parse(&place.to_string()), Some(place));
        for typed in ["", "1", "1-2", "a-b-c", "1-2-3-4", "1-99999999999999999999-3", "0-9223372036854775807-1"] {
            assert_eq!(Place::parse(typed), None, "{typed}");
        }
    }
}
