//! A letter in the outbox, and what an operator may do with it.

use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Letter, Letterhead, Recipient, Rendered,
    delivery::{LetterState, Tries},
    render::render_numbered,
};
use crate::{ids::ApplicationId, problem::Problem};

/// A letter of the outbox, as stored.
#[derive(Clone, Debug)]
pub struct OutboxLetter {
    /// Its number, of which its Message-ID is made.
    pub id: Uuid,
    /// Its kind, by its stored name.
    pub kind: String,
    /// Whom it is for.
    pub to: Recipient,
    /// The values it says.
    pub values: Value,
    /// The demande it is about.
    pub application: Option<ApplicationId>,
    /// When it was written.
    pub created_at: OffsetDateTime,
    /// Where it stands.
    pub state: LetterState,
    /// Its tries so far.
    pub tries: Tries,
    /// When it is tried next, if it waits.
    pub next_try_at: OffsetDateTime,
    /// A worker has it until then.
    pub locked_until: Option<OffsetDateTime>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it left.
    pub sent_at: Option<OffsetDateTime>,
}

impl OutboxLetter {
    /// The letter itself.
    ///
    /// # Errors
    /// When this program does not know the kind: a newer one wrote it.
    pub fn letter(&self) -> Result<Letter, Problem> {
        Ok(serde_json::from_value(self.values.clone()).map_err(anyhow::Error::from)?)
    }

    /// What it says.
    ///
    /// # Errors
    /// As [`OutboxLetter::letter`].
    pub fn rendered(&self, head: &Letterhead) -> Result<Rendered, Problem> {
        render_numbered(head, &self.to, &self.letter()?, self.id)
    }

    /// What people call it.
    pub fn title(&self) -> String {
        self.letter().map_or_else(|_| self.kind.clone(), |letter| letter.title().to_owned())
    }

    /// Whether a worker is sending it now.
    pub fn is_leaving(&self, now: OffsetDateTime) -> bool {
        self.locked_until.is_some_and(|until| until > now)
    }
}

/// What an operator does with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorAct {
    /// Try it again now.
    Retry,
    /// Hold it back.
    Hold,
    /// Let a held one go.
    Release,
}

/// The state the letter takes, or why the act is refused.
///
/// # Errors
/// The sentence that says so.
pub fn after(state: LetterState, act: OperatorAct) -> Result<LetterState, &'static str> {
    use LetterState::{Ambiguous, Dead, Held, Sent, Waiting};
    match (state, act) {
        (Waiting | Ambiguous | Dead, OperatorAct::Retry) | (Held, OperatorAct::Release) => Ok(Waiting),
        (Waiting, OperatorAct::Hold) => Ok(Held),
        (Held, OperatorAct::Retry) => Err("Cette lettre est retenue. Libérez-la pour qu’elle parte."),
        (Held, OperatorAct::Hold) => Err("Cette lettre est déjà retenue."),
        (Sent, _) => Err("Cette lettre est déjà partie."),
        (Ambiguous | Dead, OperatorAct::Hold) => Err("Cette lettre n’attend plus : aucun envoi n’est prévu."),
        (Waiting | Ambiguous | Dead, OperatorAct::Release) => Err("Cette lettre n’est pas retenue."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_may_do_this_and_nothing_else() {
        use LetterState::{Ambiguous, Dead, Held, Sent, Waiting};
        use OperatorAct::{Hold, Release, Retry};
        for (state, retried, held, released) in [
            (Waiting, Some(Waiting), Some(Held), None),
            (Held, None, None, Some(Waiting)),
            (Sent, None, None, None),
            (Ambiguous, Some(Waiting), None, None),
            (Dead, Some(Waiting), None, None),
        ] {
            assert_eq!(
                [after(state, Retry).ok(), after(state, Hold).ok(), after(state, Release).ok()],
                [retried, held, released],
                "{state}"
            );
        }
    }
}
