//! A demande silence will decide if nobody does: a line of the page of the decisions that will be implicit.

use jiff::civil::Date;

use crate::{applications::State, config::SilenceEffect, ids::ApplicationId};

/// What a demande asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// A right.
    Right,
    /// The change of one, which stays as it is meanwhile.
    Change,
}

/// A line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// D12.
    pub application: ApplicationId,
    /// Its organisation, as the last version names it.
    pub organisation: String,
    /// Its service.
    pub service: String,
    /// Where it stands.
    pub state: State,
    /// What silence will mean, or has meant.
    pub effect: SilenceEffect,
    /// The day it decides, or decided.
    pub on: Date,
    /// It has decided: the right waits for a signature.
    pub is_decided: bool,
    /// What it asks for.
    pub sought: Sought,
    /// Who answers for the dossier, if anybody took it.
    pub owner: Option<String>,
    /// Opinions asked and not given.
    pub opinions_awaited: i64,
    /// The client objects and nobody of the team has read why.
    pub has_objection: bool,
    /// Somebody prepared a decision.
    pub is_prepared: bool,
}

impl Awaited {
    /// What keeps it from being decided; the first thing to do, in words.
    pub fn what_blocks(&self) -> Vec<String> {
        let mut blocks = Vec::new();
        match self.state {
            State::ChangesRequested => blocks.push("Le demandeur doit répondre aux modifications demandées.".into()),
            _ if self.is_decided => blocks.push(match self.sought {
                Sought::Right => "L’habilitation attend une signature.".into(),
                Sought::Change => "La modification de l’habilitation attend une signature.".into(),
            }),
            _ => {}
        }
        if self.owner.is_none() {
            blocks.push("Personne ne suit ce dossier.".into());
        }
        match self.opinions_awaited {
            0 => {}
            1 => blocks.push("Un avis demandé n’est pas rendu.".into()),
            count => blocks.push(format!("{count} avis demandés ne sont pas rendus.")),
        }
        if self.has_objection {
            blocks.push("L’opposition du client n’est pas lue.".into());
        }
        if self.is_prepared {
            blocks.push("Une décision est préparée et attend sa signature.".into());
        }
        if blocks.is_empty() {
            blocks.push("Rien\u{a0}: la décision peut être prise.".into());
        }
        blocks
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_thing_that_blocks_is_named_and_nothing_when_nothing_does() {
        let free = Awaited {
            application: ApplicationId(12),
            organisation: "Les Ateliers".into(),
            service: "Espace".into(),
            state: State::Submitted,
            effect: SilenceEffect::Rejection,
            on: date(2027, 2, 3),
            is_decided: false,
            sought: Sought::Right,
            owner: Some("Nadia Ferrand".into()),
            opinions_awaited: 0,
            has_objection: false,
            is_prepared: false,
        };
        assert_eq!(free.what_blocks(), ["Rien\u{a0}: la décision peut être prise."]);
        let blocked = Awaited {
            state: State::ChangesRequested,
            owner: None,
            opinions_awaited: 2,
            has_objection: true,
            is_prepared: true,
            ..free.clone()
        };
        assert_eq!(blocked.what_blocks().len(), 5);
        let accepted = Awaited { is_decided: true, ..free };
        assert_eq!(accepted.what_blocks(), ["L’habilitation attend une signature."]);
        assert_eq!(
            Awaited { sought: Sought::Change, ..accepted }.what_blocks(),
            ["La modification de l’habilitation attend une signature."]
        );
    }
}
