//! A participant in the experiment some months in: every report received but the last, which is late.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::examining::Team;
use crate::{
    accounts::{Applicant, Reviewer, Staff},
    attachments::Scan,
    authorizations::go_live::{self, Asking, CHECKLIST, Check, Point, PointResult},
    calendar, experimentation,
    ids::{ApplicationId, AuthorizationId},
    participation::{self, Awaited, Figures, Month, Report, Sending, Standing, Tenths},
    problem::Problem,
    review::{
        Outcome,
        decisions::{Signed, Writing, prepare, sign},
        opinions::{self, Given, Service, View},
    },
};

/// Connections through FranceConnect and in all, accounts created through it and in all, from the first month on.
const MONTHS: [(u64, u64, u64, u64); 6] = [
    (1_580, 16_100, 146, 812),
    (2_310, 16_240, 214, 876),
    (3_540, 16_470, 288, 923),
    (4_106, 16_358, 344, 961),
    (4_812, 17_240, 391, 1_021),
    (5_190, 17_610, 420, 1_060),
];

/// Gives the opinions, signs the approval and opens access at those moments.
pub(super) async fn admit(
    connection: &mut PgConnection,
    team: &Team<'_>,
    signatory: &Reviewer,
    (holder, id): (&Applicant, ApplicationId),
    (decided_at, opened_at): (OffsetDateTime, OffsetDateTime),
    service: &str,
) -> Result<AuthorizationId, Problem> {
    opinions::ask(connection, team.reviewer, id, 1, Service::ALL, "", decided_at - Duration::days(6)).await?;
    let reviewer = Staff::new(team.reviewer.person().clone()).ok_or(Problem::NotFound)?;
    for (by, service) in [(team.jurist, Service::Legal), (&reviewer, Service::FranceConnect)] {
        let given = Given {
            service,
            view: View::Favourable,
            reasons: "La contribution au secteur est précise et les engagements sont pris.".into(),
        };
        opinions::give(connection, by, id, 1, given, decided_at - Duration::days(3)).await?;
    }
    let message = "Bienvenue dans l’expérimentation.".into();
    let writing = Writing { shown: 1, read: 0, outcome: Outcome::Approved, ground: None, in_law: String::new(), message };
    let revision = prepare(connection, team.reviewer, id, writing, decided_at - Duration::hours(2)).await?;
    let Signed::Done(Some(right)) = sign(connection, signatory, id, revision, service, Duration::ZERO, decided_at).await? else {
        return Err(anyhow::anyhow!("an approval at once grants a right").into());
    };
    experimentation::confirm_place(connection, holder, id, decided_at + Duration::days(2)).await?;
    let contact = &holder.person();
    let asking = Asking {
        url: "https://essai.lilas.example".into(),
        contact_name: "Nora Petit".into(),
        contact_email: contact.email.clone(),
        wished_on: calendar::paris_day(opened_at),
        note: String::new(),
        screens: Vec::new(),
        scan: Scan::NotScanned,
    };
    go_live::ask(connection, holder, right, asking, opened_at - Duration::days(4)).await?;
    let met =
        |item: &go_live::Item| Point { key: item.key.into(), title: item.title.into(), result: PointResult::Met, remark: String::new() };
    let check = Check { points: CHECKLIST.iter().map(met).collect(), reasons: String::new() };
    go_live::answer(connection, team.reviewer, right, &check, service, opened_at).await?;
    Ok(right)
}

/// Sends the report of each month that is over, three days before its last one; as many of the last that are late as `left` says are not. Its figures
/// are so many hundredths of those above. Says which month was reported last.
pub(super) async fn report(
    connection: &mut PgConnection,
    holder: &Applicant,
    (id, hundredths, words): (ApplicationId, u64, &str),
    left: usize,
    now: OffsetDateTime,
) -> Result<Option<Month>, Problem> {
    let participation = participation::find_of_application(connection, id).await?.ok_or(Problem::NotFound)?;
    let today = calendar::paris_date(now);
    let is_late = |month: &Month| matches!(participation.standing(*month, today, 0), Standing::Awaited(Awaited::Late { .. }));
    let late: Vec<Month> = participation.months().filter(is_late).collect();
    let mut last = None;
    for (month, counted) in late.iter().rev().skip(left).rev().zip(MONTHS.into_iter().cycle()) {
        let part = |number: u64| number * hundredths / 100;
        let (through_fc, connections, accounts_through_fc, accounts) = counted;
        let report = Report {
            figures: Figures {
                connections_through_fc: part(through_fc),
                connections: part(connections),
                accounts_through_fc: part(accounts_through_fc),
                accounts: part(accounts),
            },
            growth: Tenths(32),
            method: "Comparaison avec le même mois de l’an dernier, hors effet de l’ouverture du samedi.".into(),
            words: words.into(),
        };
        let sending = Sending { number: 1, report, confirmed: String::new(), because: String::new(), is_imported: false };
        let at = calendar::paris_hour(calendar::days_after(month.due_on(), -3), 9).unwrap_or(now);
        participation::send(connection, holder, id, *month, &sending, at).await?;
        last = Some(*month);
    }
    Ok(last)
}
