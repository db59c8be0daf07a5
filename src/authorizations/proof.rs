//! What a right tells to whoever holds its code: that it stands, and nothing of the people behind it.

use time::{Date, OffsetDateTime};

use super::State;
use crate::{calendar, ids::AuthorizationId};

/// All that the public page may say. Nobody is named: the holder is a legal person.
#[derive(Clone, Debug)]
pub struct Proof {
    /// H12.
    pub id: AuthorizationId,
    /// Whether it may be used.
    pub state: State,
    /// The holder's name.
    pub organisation: String,
    /// The service's name.
    pub service: String,
    /// When it was granted.
    pub granted_at: OffsetDateTime,
    /// When its state changed, unless it stands as it was granted.
    pub state_changed_at: Option<OffsetDateTime>,
    /// The last day of a suspension.
    pub suspended_until: Option<Date>,
    /// The right that replaced it.
    pub replaced_by: Option<AuthorizationId>,
}

impl Proof {
    /// The answer, in two words.
    pub fn verdict(&self) -> &'static str {
        match self.state {
            State::Active => "Habilitation valable",
            State::Superseded => "Habilitation remplacée",
            State::Suspended => "Habilitation suspendue",
            State::Revoked => "Habilitation révoquée",
            State::Expired => "Habilitation expirée",
        }
    }

    /// What it means for whoever asks.
    pub fn sentence(&self) -> String {
        let since = calendar::day(self.state_changed_at.unwrap_or(self.granted_at));
        match (self.state, self.replaced_by, self.suspended_until) {
            (State::Active, ..) => format!("Elle est en vigueur depuis le {since} : ce service peut utiliser le bouton FranceConnect."),
            (State::Superseded, Some(next), _) => {
                format!(
                    "Elle n’est plus en vigueur depuis le {since} : l’habilitation {next} la remplace. Demandez l’attestation de celle-ci."
                )
            }
            (State::Superseded, None, _) => format!("Elle n’est plus en vigueur depuis le {since} : une autre la remplace."),
            (State::Suspended, _, until) => {
                let until = until.map(|day| format!(", jusqu’au {}", calendar::written(day))).unwrap_or_default();
                format!(
                    "Elle est suspendue depuis le {since}{until} : pendant ce temps, ce service ne peut pas utiliser le bouton FranceConnect."
                )
            }
            (State::Revoked, ..) => {
                format!(
                    "Elle n’est plus en vigueur depuis le {since} : l’administration y a mis fin. Ce service ne peut plus utiliser le bouton FranceConnect."
                )
            }
            (State::Expired, ..) => {
                format!(
                    "Elle n’est plus en vigueur depuis le {since} : elle a pris fin. Ce service ne peut plus utiliser le bouton FranceConnect."
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn proof(state: State) -> Proof {
        Proof {
            id: AuthorizationId(12),
            state,
            organisation: "Commune de Clamart".into(),
            service: "Portail familles".into(),
            granted_at: datetime!(2026-12-03 09:00 UTC),
            state_changed_at: (state != State::Active).then_some(datetime!(2027-03-01 09:00 UTC)),
            suspended_until: (state == State::Suspended).then_some(date!(2027 - 06 - 30)),
            replaced_by: (state == State::Superseded).then_some(AuthorizationId(30)),
        }
    }

    #[test]
    fn only_an_active_right_is_said_to_be_valid() {
        for state in State::ALL {
            let said = format!("{} {}", proof(*state).verdict(), proof(*state).sentence());
            assert_eq!(
                said.contains("valable") && said.contains("en vigueur depuis le 3\u{a0}décembre\u{a0}2026"),
                *state == State::Active,
                "{said}"
            );
            assert_eq!(said.contains("1er\u{a0}mars\u{a0}2027"), *state != State::Active, "{said}");
        }
    }

    #[test]
    fn what_replaced_it_and_when_a_suspension_ends_are_told() {
        assert!(proof(State::Superseded).sentence().contains("H30"));
        assert!(proof(State::Suspended).sentence().contains("jusqu’au 30\u{a0}juin\u{a0}2027"));
    }
}
