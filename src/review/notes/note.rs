//! A note, and who may strike it out.

use time::{Duration, OffsetDateTime};

use crate::ids::{AccountId, NoteId};

/// Characters a note may hold.
pub const MOST_CHARACTERS: usize = 5000;

/// How long its author may strike a note out.
pub const MAY_BE_STRUCK_FOR: Duration = Duration::minutes(5);

/// What somebody of the team noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub id: NoteId,
    /// By whom.
    pub author: AccountId,
    /// Their name, as of today.
    pub author_name: String,
    /// What it says; nothing once it was struck out.
    pub body: Option<String>,
    /// When.
    pub written_at: OffsetDateTime,
}

/// Why a note stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStruck {
    /// Somebody else wrote it.
    #[error("Seul l’auteur d’une note peut la retirer.")]
    NotYours,
    /// The five minutes have passed.
    #[error("Cette note ne peut plus être retirée : elle a été écrite il y a plus de cinq minutes. Écrivez-en une autre pour la corriger.")]
    TooLate,
}

impl Note {
    /// Whether its author may still strike it out.
    pub fn may_be_struck(&self, by: AccountId, now: OffsetDateTime) -> bool {
        self.body.is_some() && self.strike(by, now) == Ok(true)
    }

    /// Whether striking it out changes something: a note that is already struck out stays so.
    ///
    /// # Errors
    /// [`NotStruck`], which says why in a sentence.
    pub fn strike(&self, by: AccountId, now: OffsetDateTime) -> Result<bool, NotStruck> {
        if self.author != by {
            Err(NotStruck::NotYours)
        } else if self.body.is_none() {
            Ok(false)
        } else if now > self.written_at + MAY_BE_STRUCK_FOR {
            Err(NotStruck::TooLate)
        } else {
            Ok(true)
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const AT: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

    #[test]
    fn a_note_is_struck_out_by_its_author_within_five_minutes() {
        let (author, other) = (AccountId(1), AccountId(2));
        let note = |body: Option<&str>| Note {
            id: NoteId(1),
            author,
            author_name: "Nadia Ferrand".into(),
            body: body.map(str::to_owned),
            written_at: AT,
        };
        for (body, by, minutes, becomes) in [
            (Some("a"), author, 0, Ok(true)),
            (Some("a"), author, 5, Ok(true)),
            (Some("a"), author, 6, Err(NotStruck::TooLate)),
            (Some("a"), other, 1, Err(NotStruck::NotYours)),
            (None, author, 1, Ok(false)),
        ] {
            let now = AT + Duration::minutes(minutes);
            assert_eq!(note(body).strike(by, now), becomes, "{body:?} {by} {minutes}");
            assert_eq!(note(body).may_be_struck(by, now), becomes == Ok(true));
        }
    }
}
