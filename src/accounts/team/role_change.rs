//! What an administrator changes of somebody's roles.

use crate::{accounts::Role, ids::AccountId};

/// The roles given and those taken back, in the order of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleChange {
    /// Roles they did not have.
    pub given: Vec<Role>,
    /// Roles they have no more.
    pub taken: Vec<Role>,
}

/// Why a change of roles is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotForYou {
    /// Administrators keep their own role.
    #[error("Vous ne pouvez pas vous retirer le rôle d’administrateur : demandez-le à un autre administrateur.")]
    OwnAdministration,
    /// Nor do they suspend themselves.
    #[error("Vous ne pouvez pas désactiver votre propre compte : demandez-le à un autre administrateur.")]
    OwnAccount,
}

impl RoleChange {
    /// From what they had to what they shall have.
    pub fn between(before: &[Role], after: &[Role]) -> Self {
        let only_in =
            |here: &[Role], there: &[Role]| Role::ALL.iter().copied().filter(|role| here.contains(role) && !there.contains(role)).collect();
        Self { given: only_in(after, before), taken: only_in(before, after) }
    }

    /// Whether that administrator may do this to that person.
    ///
    /// # Errors
    /// [`NotForYou`], with its sentence.
    pub fn is_allowed(&self, by: AccountId, to: AccountId) -> Result<(), NotForYou> {
        if by == to && self.taken.contains(&Role::Admin) { Err(NotForYou::OwnAdministration) } else { Ok(()) }
    }

    /// Nothing changes.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.taken.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_administrator_takes_any_role_but_their_own_administration() {
        let (me, other) = (AccountId(1), AccountId(2));
        for role in Role::ALL {
            let taken = RoleChange::between(&[*role, Role::Observer], &[Role::Observer]);
            assert_eq!(taken.is_allowed(me, other), Ok(()));
            let expected = if *role == Role::Admin { Err(NotForYou::OwnAdministration) } else { Ok(()) };
            assert_eq!(taken.is_allowed(me, me), expected, "{role}");
        }
    }

    proptest! {
        #[test]
        fn a_change_leads_from_the_one_to_the_other(
            before in proptest::sample::subsequence(Role::ALL, 0..=6), after in proptest::sample::subsequence(Role::ALL, 0..=6),
        ) {
            let change = RoleChange::between(&before, &after);
            let mut roles = before.clone();
            roles.retain(|role| !change.taken.contains(role));
            roles.extend(&change.given);
            prop_assert_eq!(Role::labels(&roles), Role::labels(&after));
            prop_assert_eq!(change.is_empty(), before == after);
            prop_assert!(change.given.iter().all(|role| !change.taken.contains(role)));
        }
    }
}
