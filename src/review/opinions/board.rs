//! What somebody of the team may see of the opinions, and do about them: two opinions are two only if neither was written with the other in view.

use super::{Asked, Opinion, Service};
use crate::{accounts::Person, applications::Kind};

/// The opinions on a demande as one person may see them.
#[derive(Clone, Debug)]
pub struct Board {
    /// A card each: the services that were asked or must be.
    pub cards: Vec<Card>,
    /// Services that can still be asked.
    pub can_be_asked: Vec<Service>,
}

/// A service: what it answered on the current version, and before.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which.
    pub service: Service,
    /// What was asked of it; nothing yet when absent.
    pub asked: Option<Asked>,
    /// Where its answer on the current version stands.
    pub standing: Standing,
    /// What it answered on earlier versions, the latest first.
    pub earlier: Vec<Earlier>,
}

/// Where an answer stands, to its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody asked.
    NotAsked,
    /// Asked, by whom the card says.
    Awaited {
        /// The reader may give it now.
        by_reader: bool,
    },
    /// Given; the reader may not read it yet.
    Hidden {
        /// Who gave it, and when.
        sentence: String,
        /// The reader still has their own to give: that opens it.
        after_own: bool,
    },
    /// Given.
    Shown(Opinion),
}

/// An answer on an earlier version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// Its reader may not read it yet: that version.
    Hidden(i32),
    /// What it said.
    Shown(Opinion),
}

impl Board {
    /// As `reader` may see it; `asked` and `given` are those of every version.
    pub fn of(kind: Kind, current: i32, asked: &[Asked], given: &[Opinion], reader: &Person) -> Self {
        let known = Known { kind, current, asked, given, reader };
        let cards: Vec<Card> =
            Service::ALL.iter().filter(|service| known.is_expected(**service, current)).map(|it| known.card(*it)).collect();
        let can_be_asked = Service::ALL.iter().copied().filter(|service| known.asked(*service, current).is_none()).collect();
        Self { cards, can_be_asked }
    }

    /// The service the reader may answer for now.
    pub fn to_give(&self) -> Option<Service> {
        self.cards.iter().find(|card| card.standing == Standing::Awaited { by_reader: true }).map(|card| card.service)
    }

    /// Whether something was asked that nobody answered yet.
    pub fn is_awaited(&self) -> bool {
        self.cards.iter().any(|card| matches!(card.standing, Standing::Awaited { .. }))
    }

    /// Whether some answer is there that its reader may not read.
    pub fn hides(&self) -> bool {
        self.cards.iter().any(|card| matches!(card.standing, Standing::Hidden { .. }))
    }
}

struct Known<'a> {
    kind: Kind,
    current: i32,
    asked: &'a [Asked],
    given: &'a [Opinion],
    reader: &'a Person,
}

impl Known<'_> {
    fn asked(&self, service: Service, version: i32) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.service == service && asked.version == version)
    }

    fn given(&self, service: Service, version: i32) -> Option<&Opinion> {
        self.given.iter().find(|opinion| opinion.service == service && opinion.version == version)
    }

    /// Whether its answer on that version is waited for, or came.
    fn is_expected(&self, service: Service, version: i32) -> bool {
        Service::needed_for(self.kind).contains(&service) || self.asked(service, version).is_some()
    }

    fn is_complete(&self, version: i32) -> bool {
        Service::ALL.iter().all(|service| !self.is_expected(*service, version) || self.given(*service, version).is_some())
    }

    /// One's own; those of a version all were given on; and those of any, once all are given on the current one.
    fn may_read(&self, opinion: &Opinion) -> bool {
        opinion.by == self.reader.account || self.is_complete(opinion.version) || self.is_complete(self.current)
    }

    /// Whether the reader may give that service's answer now.
    fn may_give(&self, service: Service) -> bool {
        let has_given_another = self.given.iter().any(|it| it.version == self.current && it.by == self.reader.account);
        service.may_be_given_by(self.reader)
            && self.asked(service, self.current).is_some()
            && self.given(service, self.current).is_none()
            && !has_given_another
    }

    fn standing(&self, service: Service) -> Standing {
        match (self.given(service, self.current), self.asked(service, self.current)) {
            (Some(opinion), _) if self.may_read(opinion) => Standing::Shown(opinion.clone()),
            (Some(opinion), _) => Standing::Hidden {
                sentence: opinion.sentence(),
                after_own: Service::ALL.iter().any(|other| *other != service && self.may_give(*other)),
            },
            (None, Some(_)) => Standing::Awaited { by_reader: self.may_give(service) },
            (None, None) => Standing::NotAsked,
        }
    }

    fn card(&self, service: Service) -> Card {
        let mut before: Vec<&Opinion> =
            self.given.iter().filter(|opinion| opinion.service == service && opinion.version < self.current).collect();
        before.sort_by_key(|opinion| -opinion.version);
        Card {
            service,
            asked: self.asked(service, self.current).cloned(),
            standing: self.standing(service),
            earlier: before
                .into_iter()
                .map(|opinion| if self.may_read(opinion) { Earlier::Shown(opinion.clone()) } else { Earlier::Hidden(opinion.version) })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        accounts::Role,
        review::opinions::examples::{asked, opinion, person},
    };

    fn standings(kind: Kind, current: i32, asked: &[Asked], given: &[Opinion], reader: &Person) -> Vec<(Service, &'static str)> {
        let word = |standing: &Standing| match standing {
            Standing::NotAsked => "not asked",
            Standing::Awaited { by_reader: true } => "to give",
            Standing::Awaited { by_reader: false } => "awaited",
            Standing::Hidden { after_own: true, .. } => "hidden until own",
            Standing::Hidden { after_own: false, .. } => "hidden",
            Standing::Shown(_) => "shown",
        };
        Board::of(kind, current, asked, given, reader).cards.iter().map(|card| (card.service, word(&card.standing))).collect()
    }

    #[test]
    fn each_is_hidden_from_the_others_until_both_are_given() {
        let (legal, team) = (Service::Legal, Service::FranceConnect);
        let both = [asked(1, legal), asked(1, team)];
        let (hugo, nadia, ida) = (person(1, &[Role::Jurist]), person(2, &[Role::Reviewer]), person(3, &[Role::Observer]));
        let (none, one) = (vec![], vec![opinion(1, legal, 1)]);
        let two = vec![opinion(1, legal, 1), opinion(1, team, 2)];
        for (given, reader, expected) in [
            (&none, &hugo, [(team, "awaited"), (legal, "to give")]),
            (&none, &nadia, [(team, "to give"), (legal, "awaited")]),
            (&none, &ida, [(team, "awaited"), (legal, "awaited")]),
            (&one, &hugo, [(team, "awaited"), (legal, "shown")]),
            (&one, &nadia, [(team, "to give"), (legal, "hidden until own")]),
            (&one, &ida, [(team, "awaited"), (legal, "hidden")]),
            (&two, &hugo, [(team, "shown"), (legal, "shown")]),
            (&two, &ida, [(team, "shown"), (legal, "shown")]),
        ] {
            assert_eq!(standings(Kind::Administration, 1, &both, given, reader), expected, "{given:?} {reader:?}");
        }
    }

    #[test]
    fn what_a_candidature_needs_is_waited_for_even_before_it_is_asked() {
        let (legal, team) = (Service::Legal, Service::FranceConnect);
        let nadia = person(2, &[Role::Reviewer]);
        let (asked, given) = ([asked(1, legal)], [opinion(1, legal, 1)]);
        assert_eq!(standings(Kind::Experiment, 1, &asked, &given, &nadia), [(team, "not asked"), (legal, "hidden")]);
        assert_eq!(standings(Kind::Administration, 1, &asked, &given, &nadia), [(legal, "shown")]);
        assert!(Board::of(Kind::Administration, 1, &[], &[], &nadia).cards.is_empty());
    }

    #[test]
    fn somebody_with_both_roles_answers_for_one_service() {
        let (legal, team) = (Service::Legal, Service::FranceConnect);
        let both = person(1, &[Role::Jurist, Role::Reviewer]);
        let asked = [asked(1, legal), asked(1, team)];
        assert_eq!(standings(Kind::Experiment, 1, &asked, &[opinion(1, legal, 1)], &both), [(team, "awaited"), (legal, "shown")]);
    }

    #[test]
    fn a_new_version_is_answered_anew_and_hides_what_was_half_given() {
        let (legal, team) = (Service::Legal, Service::FranceConnect);
        let nadia = person(2, &[Role::Reviewer]);
        let asked = [asked(1, legal), asked(1, team), asked(2, legal), asked(2, team)];
        let half = Board::of(Kind::Experiment, 2, &asked, &[opinion(1, legal, 1)], &nadia);
        assert_eq!(half.to_give(), Some(team));
        assert_eq!(half.cards[1].earlier, [Earlier::Hidden(1)], "they have not written theirs yet");
        let whole = [opinion(1, legal, 1), opinion(1, team, 2)];
        let whole = Board::of(Kind::Experiment, 2, &asked, &whole, &nadia);
        assert_eq!(whole.cards[1].earlier, [Earlier::Shown(opinion(1, legal, 1))]);
        assert!(whole.is_awaited() && !whole.hides() && whole.can_be_asked.is_empty());
    }
}
