//! Reports that are overdue, and the notice that comes before a revocation.

use jiff::civil::Date;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{
    Month, Participation,
    due::{Awaited, LAST_REMINDER, Standing},
};
use crate::{
    accounts::Reviewer,
    authorizations::procedure::{self, Ground, Measure, Opening},
    calendar,
    problem::Problem,
};

/// A participant whose reports are overdue.
#[derive(Clone, Debug)]
pub struct Overdue {
    /// Whose.
    pub participation: Participation,
    /// The months that are late, the oldest first, and since how many days.
    pub late: Vec<(Month, i32)>,
}

impl Overdue {
    /// The late reports of a participation that day, if there are any.
    pub fn of(participation: &Participation, sent: impl Fn(Month) -> usize, today: Date) -> Option<Self> {
        let standings = participation.months().map(|month| (month, participation.standing(month, today, sent(month))));
        let late: Vec<(Month, i32)> = standings
            .filter_map(|(month, standing)| match standing {
                Standing::Awaited(Awaited::Late { days }) => Some((month, days)),
                _ => None,
            })
            .collect();
        (!late.is_empty()).then(|| Self { participation: participation.clone(), late })
    }

    /// Every reminder left: the team may write that it envisages to revoke.
    pub fn may_be_noticed(&self) -> bool {
        self.participation.state.is_in_force() && self.late.iter().any(|(_, days)| *days >= LAST_REMINDER)
    }

    /// The facts of a notice, which the team reads again before it leaves.
    pub fn facts(&self) -> String {
        let months: Vec<String> = self
            .late
            .iter()
            .map(|(month, _)| format!("le rapport {}, attendu au plus tard le {}", month.with_of(), calendar::date_in_full(month.due_on())))
            .collect();
        let missing = match months.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, first)) => format!("{} et {last}", first.join(", ")),
            None => String::new(),
        };
        format!(
            "Votre candidature vous engageait à fournir tous les mois à l’équipe FranceConnect les données qui permettent de mesurer la valeur ajoutée de FranceConnect (critère de sélection S1). Nous n’avons pas reçu {missing}, malgré nos rappels."
        )
    }
}

/// The team opens, in one step, the procedure that must come before a revocation: the holder is told why and heard, for fifteen days at least;
/// somebody else decides.
///
/// # Errors
/// As [`procedure::open`].
pub async fn open_notice(
    connection: &mut PgConnection,
    by: &Reviewer,
    participation: &Participation,
    facts: String,
    service: &str,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let opening = Opening {
        measure: Measure::Revocation,
        ground: Ground::ConditionLost,
        facts,
        urgency: String::new(),
        observations_until: calendar::kept(procedure::earliest_end(now)),
    };
    procedure::open(connection, by, participation.authorization, &opening, service, now).await
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_notice_comes_after_the_last_reminder_and_names_every_month() {
        let participation = Participation::example();
        let overdue = |today| Overdue::of(&participation, |month| usize::from(month.to_string() == "2027-02"), today);
        assert!(overdue(date(2027, 2, 10)).is_none());
        let early = overdue(date(2027, 2, 24)).expect("January is late");
        assert!(!early.may_be_noticed() && early.late.len() == 1);
        let late = overdue(date(2027, 4, 26)).expect("January and March are late");
        assert!(late.may_be_noticed() && late.late.len() == 2);
        assert!(
            late.facts().contains(
                "le rapport de janvier\u{a0}2027, attendu au plus tard le 10\u{a0}février\u{a0}2027 et le rapport de mars\u{a0}2027"
            ),
            "{}",
            late.facts()
        );
    }
}
