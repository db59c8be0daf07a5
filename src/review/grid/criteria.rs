//! Which criteria a person appraises.

use crate::{applications::Kind, criteria::Rule};

/// The criteria of a kind of demande, in the order of the grid: the published rules that are settled before the decision. What a participant
/// commits to and the team follows during the experiment (S1 to S3, S7) is not appraised beforehand.
pub fn criteria(kind: Kind) -> &'static [Rule] {
    match kind {
        Kind::Administration => &[Rule::A1, Rule::A2, Rule::A3, Rule::A4, Rule::A5],
        Kind::PrivateAddressChange => &[Rule::P0, Rule::P1, Rule::A2, Rule::A3, Rule::A4, Rule::A5],
        Kind::PrivateIdentityCheck => &[Rule::P0, Rule::P2, Rule::A3, Rule::A4, Rule::A5],
        Kind::Experiment => &[Rule::E0, Rule::E1, Rule::E2, Rule::E3, Rule::E4, Rule::S4, Rule::S5, Rule::S6, Rule::A4, Rule::A5],
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::criteria::Check;

    #[test]
    fn what_only_a_person_can_tell_is_in_the_grid_of_a_kind() {
        for rule in Rule::ALL.iter().filter(|rule| matches!(rule.check(), Check::Person(_))) {
            assert!(Kind::VARIANTS.iter().any(|kind| criteria(*kind).contains(rule)), "{rule}");
        }
        for kind in Kind::VARIANTS {
            assert!(criteria(*kind).contains(&Rule::A5), "{kind}: proportionality is always appraised");
        }
    }
}
