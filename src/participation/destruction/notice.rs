//! Participants who have not certified, and the formal notice (« mise en demeure ») somebody of the team writes to them.

use jiff::civil::Date;
use time::OffsetDateTime;

use super::deadline::{awaited, due_on};
use crate::{
    calendar::{self, date_in_full as full},
    ids::ApplicationId,
    notifications::Author,
    participation::{Awaited, Ended, Participation},
};

/// Days a formal notice leaves, as the database has them.
pub const NOTICE_DAYS: i32 = 15;

/// A formal notice that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// To the participant of which candidature.
    pub application: ApplicationId,
    /// Why, in fact.
    pub facts: String,
    /// The last day it leaves.
    pub until: Date,
    /// Who signed it.
    pub author: Author,
    /// When.
    pub sent_at: OffsetDateTime,
}

/// A participant whose participation is over and who has not certified.
#[derive(Clone, Debug)]
pub struct Unsettled {
    /// Whose.
    pub participation: Participation,
    /// How it ended.
    pub ended: Ended,
    /// On time, or late.
    pub awaited: Awaited,
    /// The last notice, if one was sent.
    pub notice: Option<Notice>,
}

impl Unsettled {
    /// What a participation that is over owes that day, if it is not certified.
    pub fn of(participation: &Participation, is_certified: bool, notice: Option<&Notice>, today: Date) -> Option<Self> {
        let ended = participation.ended?;
        let awaited = awaited(Some(ended), is_certified, today)?;
        Some(Self { participation: participation.clone(), ended, awaited, notice: notice.cloned() })
    }

    /// The last day to certify.
    pub fn due_on(&self) -> Date {
        due_on(self.ended)
    }

    /// In a word, for a badge.
    pub fn label(&self) -> &'static str {
        match self.awaited {
            Awaited::OnTime => "À signer",
            Awaited::Late { .. } => "En retard",
        }
    }

    /// Every reminder left, and the time the last notice left is over: the team may write one.
    pub fn may_be_noticed(&self, today: Date) -> bool {
        self.awaited.may_be_noticed() && self.notice.as_ref().is_none_or(|notice| notice.until < today)
    }

    /// The facts of a notice, which the team reads again before it leaves.
    pub fn facts(&self) -> String {
        let before = self.notice.as_ref().map_or_else(String::new, |notice| {
            format!(" Notre mise en demeure du {} est restée sans effet.", calendar::day(notice.sent_at))
        });
        format!(
            "Votre participation s’est terminée le {}. L’attestation du retrait de l’accès et de la destruction des données était attendue au plus tard le {}. Nous ne l’avons pas reçue, malgré nos rappels.{before}",
            full(self.ended.on),
            full(self.due_on())
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use time::macros::datetime;

    use super::*;
    use crate::participation::Cause;

    fn over() -> Participation {
        Participation { ended: Some(Ended { on: date(2028, 1, 15), cause: Cause::Term }), ..Participation::example() }
    }

    #[test]
    fn nothing_is_owed_before_the_end_nor_once_it_is_certified() {
        assert!(Unsettled::of(&Participation::example(), false, None, date(2028, 3, 1)).is_none());
        assert!(Unsettled::of(&over(), true, None, date(2028, 3, 1)).is_none());
        assert!(Unsettled::of(&over(), false, None, date(2028, 1, 16)).is_some());
    }

    #[test]
    fn a_notice_comes_after_the_last_reminder_and_another_once_its_time_is_over() {
        let owes = |notice, today| Unsettled::of(&over(), false, notice, today).expect("not certified");
        assert!(!owes(None, date(2028, 2, 28)).may_be_noticed(date(2028, 2, 28)));
        assert!(owes(None, date(2028, 2, 29)).may_be_noticed(date(2028, 2, 29)));
        let notice = Notice {
            application: ApplicationId(1042),
            facts: "Rien n’est arrivé.".into(),
            until: date(2028, 3, 16),
            author: Author { name: "Nadia Benali".into(), quality: "Instructrice".into(), service: "DINUM".into() },
            sent_at: datetime!(2028-03-01 09:00 UTC),
        };
        assert!(!owes(Some(&notice), date(2028, 3, 16)).may_be_noticed(date(2028, 3, 16)));
        let again = owes(Some(&notice), date(2028, 3, 17));
        assert!(again.may_be_noticed(date(2028, 3, 17)));
        assert!(again.facts().ends_with("Notre mise en demeure du 1er\u{a0}mars\u{a0}2028 est restée sans effet."), "{}", again.facts());
    }
}
