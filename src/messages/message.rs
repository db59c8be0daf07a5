//! A message, and what may still be done with it.

use time::{Duration, OffsetDateTime};

use crate::{
    attachments::Attachment,
    ids::{AccountId, MessageId},
};

/// Characters a message may hold.
pub const MOST_CHARACTERS: usize = 5000;

/// How long its author may take a message back.
pub const MAY_BE_TAKEN_BACK_FOR: Duration = Duration::minutes(5);

/// Messages one person writes in an hour; beyond, it is no longer a conversation.
pub const MOST_AN_HOUR: i64 = 30;

/// Which side of the desk somebody writes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Side {
    /// The applicant, or whoever fills the demande with them.
    Applicant,
    /// The FranceConnect team.
    Team,
}

/// A message about a demande.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// From which side.
    pub side: Side,
    /// By whom.
    pub author: AccountId,
    /// Their name, as of today.
    pub author_name: String,
    /// What it says; nothing once it was taken back.
    pub body: Option<String>,
    /// When.
    pub posted_at: OffsetDateTime,
    /// Files sent with it, in their order; none once it was taken back.
    pub files: Vec<Attachment>,
}

/// Why a message stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTakenBack {
    /// Somebody else wrote it.
    #[error("Seul l’auteur d’un message peut le retirer.")]
    NotYours,
    /// The five minutes have passed.
    #[error("Ce message ne peut plus être retiré : il a été envoyé il y a plus de cinq minutes. Écrivez-en un autre pour le corriger.")]
    TooLate,
}

impl Message {
    /// Its files, in their order.
    pub fn files(&self) -> Vec<&Attachment> {
        self.files.iter().collect()
    }

    /// Whether its author may still take it back.
    pub fn may_be_taken_back(&self, by: AccountId, now: OffsetDateTime) -> bool {
        self.body.is_some() && self.take_back(by, now) == Ok(true)
    }

    /// Whether taking it back changes something: a message that is already gone stays so.
    ///
    /// # Errors
    /// [`NotTakenBack`], which says why in a sentence.
    pub fn take_back(&self, by: AccountId, now: OffsetDateTime) -> Result<bool, NotTakenBack> {
        if self.author != by {
            Err(NotTakenBack::NotYours)
        } else if self.body.is_none() {
            Ok(false)
        } else if now > self.posted_at + MAY_BE_TAKEN_BACK_FOR {
            Err(NotTakenBack::TooLate)
        } else {
            Ok(true)
        }
    }
}

/// How far somebody has read the messages of a demande, and been told of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The last message that was there when they opened the page.
    pub read_up_to: i64,
    /// The last message a letter told them of.
    pub told_up_to: i64,
}

impl Reader {
    /// Whether a letter must tell them of a new message: not while they have not come for the last one they were told of.
    pub fn must_be_told(self) -> bool {
        self.told_up_to <= self.read_up_to
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const AT: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

    fn message(body: Option<&str>) -> Message {
        Message {
            id: MessageId(1),
            side: Side::Applicant,
            author: AccountId(1),
            author_name: "Camille Rousseau".into(),
            body: body.map(str::to_owned),
            posted_at: AT,
            files: Vec::new(),
        }
    }

    #[test]
    fn a_message_is_taken_back_by_its_author_within_five_minutes() {
        let (author, other) = (AccountId(1), AccountId(2));
        for (body, by, minutes, becomes) in [
            (Some("a"), author, 0, Ok(true)),
            (Some("a"), author, 5, Ok(true)),
            (Some("a"), author, 6, Err(NotTakenBack::TooLate)),
            (Some("a"), other, 1, Err(NotTakenBack::NotYours)),
            (None, author, 1, Ok(false)),
            (None, author, 60, Ok(false)),
            (None, other, 60, Err(NotTakenBack::NotYours)),
        ] {
            let now = AT + Duration::minutes(minutes);
            assert_eq!(message(body).take_back(by, now), becomes, "{body:?} {by} {minutes}");
            assert_eq!(message(body).may_be_taken_back(by, now), becomes == Ok(true));
        }
    }

    #[test]
    fn one_letter_tells_of_messages_until_they_are_read() {
        for (read_up_to, told_up_to, told) in [(0, 0, true), (0, 3, false), (2, 3, false), (3, 3, true), (7, 3, true)] {
            assert_eq!(Reader { read_up_to, told_up_to }.must_be_told(), told, "{read_up_to} {told_up_to}");
        }
    }
}
