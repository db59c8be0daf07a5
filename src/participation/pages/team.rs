//! `/instruction/rapports`: the participants, those whose reports are overdue first; those who have not certified their end.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use sqlx::PgConnection;

use super::shown;
use crate::{
    AppState,
    accounts::{Reviewer, Staff},
    authorizations::procedure::{Procedure, find_procedures},
    calendar,
    participation::{
        Awaited, Month, Overdue, Participation,
        destruction::{self, Unsettled},
        find_all,
        store::reports::{Counts, find_counts},
    },
    problem::Problem,
    web::{Frame, Page, filters},
};

/// A participant whose reports are overdue, and what the team has done of it.
#[derive(Debug)]
struct Late {
    overdue: Overdue,
    /// The procedure that is going on.
    procedure: Option<Procedure>,
}

/// A participant who owes nothing late.
#[derive(Debug)]
struct OnTime {
    participation: Participation,
    received: usize,
    in_all: usize,
}

#[derive(Debug, Template)]
#[template(path = "participation/team.html")]
pub(super) struct TeamPage {
    frame: Frame,
    today: Date,
    may_act: bool,
    late: Vec<Late>,
    on_time: Vec<OnTime>,
    /// Participations that are over and not certified, those late for longest first.
    unsettled: Vec<Unsettled>,
    /// Those that are.
    settled: usize,
}

impl TeamPage {
    fn period(&self, participation: &Participation) -> String {
        shown::period(participation, self.today)
    }

    /// « janvier 2027 (en retard de 3 jours) ».
    fn months(late: &[(Month, i32)]) -> String {
        let written: Vec<String> =
            late.iter().map(|(month, days)| format!("{} (en retard de {})", month.in_full(), shown::counted_days(*days))).collect();
        written.join(", ")
    }

    /// « Attendue le 14 février 2028, en retard de 3 jours ».
    fn since_when(unsettled: &Unsettled) -> String {
        let due = calendar::date_in_full(unsettled.due_on());
        match unsettled.awaited {
            Awaited::Late { days } => {
                format!("Attestation attendue le {due}, en retard de {}", shown::counted_days(days))
            }
            Awaited::OnTime => format!("Attestation attendue au plus tard le {due}"),
        }
    }
}

/// The participations that are over and not certified, those late for longest first; how many are certified.
async fn find_ends(connection: &mut PgConnection, today: Date) -> Result<(Vec<Unsettled>, usize), Problem> {
    let certified = destruction::find_certified(connection).await?;
    let notices = destruction::find_notices(connection, None).await?;
    let all = find_all(connection).await?;
    let unsettled_of = |participation: &Participation| {
        let notice = notices.iter().find(|notice| notice.application == participation.application);
        Unsettled::of(participation, certified.contains_key(&participation.application), notice, today)
    };
    let mut unsettled: Vec<Unsettled> = all.iter().filter_map(unsettled_of).collect();
    unsettled.sort_by_key(Unsettled::due_on);
    Ok((unsettled, certified.len()))
}

/// The overdue participants of a day, those late for longest first.
pub(super) async fn find_overdue(
    connection: &mut PgConnection,
    today: Date,
) -> Result<(Vec<Overdue>, Vec<Participation>, Counts), Problem> {
    let counts = find_counts(connection).await?;
    let (mut overdue, mut others) = (Vec::new(), Vec::new());
    for participation in find_all(connection).await? {
        match Overdue::of(&participation, |month| counts.of(participation.application, month), today) {
            Some(late) => overdue.push(late),
            None => others.push(participation),
        }
    }
    overdue.sort_by_key(|one| std::cmp::Reverse(one.late.first().map(|(_, days)| *days)));
    Ok((overdue, others, counts))
}

pub(super) async fn show(
    _staff: Staff,
    reviewer: Option<Reviewer>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<TeamPage>, Problem> {
    let today = calendar::paris_date(state.clock.now());
    let mut connection = state.db.acquire().await?;
    let (overdue, others, counts) = find_overdue(&mut connection, today).await?;
    let mut late = Vec::new();
    for one in overdue {
        let procedures = find_procedures(&mut connection, one.participation.authorization).await?;
        late.push(Late { overdue: one, procedure: procedures.into_iter().find(|procedure| procedure.ruling.is_none()) });
    }
    let on_time = others
        .into_iter()
        .map(|participation| OnTime {
            received: participation.months().filter(|month| counts.of(participation.application, *month) > 0).count(),
            in_all: participation.months().count(),
            participation,
        })
        .collect();
    let (unsettled, settled) = find_ends(&mut connection, today).await?;
    Ok(Page(TeamPage { frame, today, may_act: reviewer.is_some(), late, on_time, unsettled, settled }))
}
