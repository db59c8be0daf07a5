//! What a public figure must not tell: the business of one participant (« secret des affaires », CRPA L311-6). A line that only one or two
//! participants make, or that one of them all but makes alone, is hidden; and when what is hidden could be found again by subtracting the lines
//! that are shown from the whole, more is hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::ApplicationId;

/// Fewer participants than that tell one another's figures: two that know their own know the other's.
pub const FEWEST: usize = 3;

/// A participant that makes more than that part of a number, in percent, all but tells its own.
pub const MOST_OF_ONE: u64 = 85;

/// The sentence that stands beside hidden values.
pub const WHY_HIDDEN: &str = "«\u{a0}Masqué\u{a0}»\u{a0}: ce nombre porte sur moins de trois participants, un seul en fait plus de 85\u{a0}%, ou il \
                              permettrait d’en retrouver un autre par soustraction. Le publier révélerait l’activité d’une entreprise (secret \
                              des affaires, code des relations entre le public et l’administration, article L. 311-6).";

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Those who answer for campaigns: they read everything.
    Team,
    /// Everybody.
    Public,
}

/// Who makes a number, and how much of each of its two sides everyone makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crowd(BTreeMap<ApplicationId, [u64; 2]>);

impl Crowd {
    /// Adds what a participant makes.
    pub fn add(&mut self, participant: ApplicationId, weights: [u64; 2]) {
        let known = self.0.entry(participant).or_default();
        for (sum, weight) in known.iter_mut().zip(weights) {
            *sum = sum.saturating_add(weight);
        }
    }

    /// How many participants.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Nobody.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a number they make tells nothing of one of them.
    pub fn is_safe(&self) -> bool {
        self.len() >= FEWEST && [0, 1].iter().all(|side| !self.is_made_by_one(*side))
    }

    fn is_made_by_one(&self, side: usize) -> bool {
        let weights = || self.0.values().map(|both| u128::from(both[side]));
        let most = weights().max().unwrap_or_default();
        most * 100 > weights().sum::<u128>() * u128::from(MOST_OF_ONE)
    }

    fn weight(&self) -> u128 {
        self.0.values().flatten().map(|weight| u128::from(*weight)).sum()
    }
}

/// The lines of a table to hide, by their place: those that are not safe, then as many others as it takes for the hidden ones together to be.
pub fn hidden(lines: &[Crowd]) -> BTreeSet<usize> {
    let people = |at: &usize| !lines[*at].is_empty();
    let mut hidden: BTreeSet<usize> = (0..lines.len()).filter(people).filter(|at| !lines[*at].is_safe()).collect();
    while !hidden.is_empty() && !together(lines, &hidden).is_safe() {
        let shown = (0..lines.len()).filter(people).filter(|at| !hidden.contains(at));
        match shown.min_by_key(|at| (lines[*at].len(), lines[*at].weight())) {
            Some(least) => hidden.insert(least),
            None => break,
        };
    }
    hidden
}

/// Everybody who makes one of those lines.
fn together(lines: &[Crowd], chosen: &BTreeSet<usize>) -> Crowd {
    let mut all = Crowd::default();
    for (participant, weights) in chosen.iter().flat_map(|at| &lines[*at].0) {
        all.add(*participant, *weights);
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn crowd(of: &[(i64, u64)]) -> Crowd {
        let mut crowd = Crowd::default();
        for (participant, weight) in of {
            crowd.add(ApplicationId(*participant), [*weight, *weight]);
        }
        crowd
    }

    #[test]
    fn fewer_than_three_participants_or_one_that_makes_nearly_all_are_not_safe() {
        for (of, expected) in [
            (&[][..], false),
            (&[(1, 50)], false),
            (&[(1, 50), (2, 50)], false),
            (&[(1, 50), (2, 50), (2, 9)], false),
            (&[(1, 50), (2, 50), (3, 50)], true),
            (&[(1, 85), (2, 10), (3, 5)], true),
            (&[(1, 86), (2, 9), (3, 5)], false),
            (&[(1, 0), (2, 0), (3, 0)], true),
        ] {
            assert_eq!(crowd(of).is_safe(), expected, "{of:?}");
        }
    }

    #[test]
    fn both_sides_of_a_number_are_looked_at() {
        let mut crowd = Crowd::default();
        for participant in 1..=4 {
            crowd.add(ApplicationId(participant), [if participant == 1 { 900 } else { 1 }, 1000]);
        }
        assert!(!crowd.is_safe(), "one makes nearly all the connections through FranceConnect");
    }

    #[test]
    fn a_line_that_subtraction_would_tell_is_hidden_with_another() {
        let many = crowd(&[(1, 5), (2, 5), (3, 5), (4, 5)]);
        let three = crowd(&[(5, 5), (6, 5), (7, 5)]);
        let one = crowd(&[(8, 5)]);
        let none = Crowd::default();
        assert_eq!(hidden(&[many.clone(), three.clone(), none.clone()]), BTreeSet::new());
        assert_eq!(hidden(&[many.clone(), three.clone(), one.clone(), none.clone()]), BTreeSet::from([1, 2]), "the least of the others");
        assert_eq!(hidden(&[many, one.clone(), crowd(&[(9, 5), (10, 5)])]), BTreeSet::from([1, 2]), "three together tell nothing");
        assert_eq!(hidden(&[one, none]), BTreeSet::from([0]), "nothing else to hide");
        assert_eq!(hidden(&[]), BTreeSet::new());
    }

    proptest! {
        #[test]
        fn what_is_hidden_cannot_be_found_by_subtraction(sizes in prop::collection::vec(0_u64..6, 0..8)) {
            let mut next = 0;
            let lines: Vec<Crowd> = sizes.iter().map(|size| {
                let of: Vec<(i64, u64)> = (0..*size).map(|_| { next += 1; (next, 10) }).collect();
                crowd(&of)
            }).collect();
            let hidden = hidden(&lines);
            let shown = (0..lines.len()).filter(|at| !hidden.contains(at) && !lines[*at].is_empty());
            for at in shown.clone() {
                prop_assert!(lines[at].is_safe());
            }
            prop_assert!(hidden.is_empty() || together(&lines, &hidden).is_safe() || shown.count() == 0);
        }
    }
}
