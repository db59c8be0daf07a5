//! What a filter asks of a row, in SQL. Whose turn it is stands here a second time; `tests/app/review/queue` holds it to the rule.

use sqlx::{Postgres, QueryBuilder};

use super::Reading;
use crate::{
    applications::push_search,
    review::queue::{Filter, OwnerChoice, PlaceChoice, Standing, Whose},
};

/// Found once for all rows among what is with the team, not row by row: 4 ms instead of 29 to count the lists with 1 500 dossiers in progress.
const AWAITED: &str = "(a.id, a.version) in (
    select asked.application_id, asked.version
    from applications waiting join opinion_requests asked on asked.application_id = waiting.id and asked.version = waiting.version
    where waiting.received_at is not null and waiting.state = 'submitted' and not exists (
        select from opinions given
        where given.application_id = asked.application_id and given.version = asked.version and given.service = asked.service))";

/// Narrows a query over `applications a` and `prepared_decisions p` of the current version, and over `application_versions v` and
/// `organisations o` for what only they say.
pub(in crate::review) fn push_conditions(query: &mut QueryBuilder<Postgres>, filter: &Filter, reading: Reading) {
    push_standing(query, filter.listed());
    push_search(query, &filter.search(), reading.reach);
    if let Some(kind) = filter.kind {
        query.push(" and a.kind = ").push_bind(kind.to_string());
    }
    if let Some(sector) = filter.sector {
        query.push(" and v.content #>> '{case,contribution,sector}' = ").push_bind(sector.to_string());
    }
    if let Some(level) = filter.level {
        query.push(" and a.assurance_level = ").push_bind(level.to_string());
    }
    if let Some(turn) = filter.turn {
        push_turn(query, turn, reading);
    }
    match filter.owner {
        None => {}
        Some(OwnerChoice::Me) => drop(query.push(" and a.assigned_to = ").push_bind(reading.reader.0)),
        Some(OwnerChoice::Nobody) => drop(query.push(" and a.assigned_to is null")),
        Some(OwnerChoice::Colleague(account)) => drop(query.push(" and a.assigned_to = ").push_bind(account.0)),
    }
    if let Some(place) = filter.place {
        push_footing(query, place);
    }
    if filter.is_late {
        push_late(query, reading);
    }
}

/// Written out, so that the indexes of what is in progress serve it.
fn push_standing(query: &mut QueryBuilder<Postgres>, standing: Standing) {
    if let Some(states) = standing.states() {
        let names: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
        query.push(" and a.state in (").push(names.join(", ")).push(")");
    }
}

fn push_turn(query: &mut QueryBuilder<Postgres>, turn: Whose, reading: Reading) {
    match turn {
        Whose::Applicant => drop(query.push(" and a.state in ('changes_requested', 'reopened')")),
        Whose::Nobody => drop(query.push(" and a.state in ('approved', 'refused', 'withdrawn', 'closed')")),
        Whose::Leaving => drop(query.push(" and a.state = 'submitted' and p.signed_at is not null")),
        Whose::Signature => drop(query.push(" and a.state = 'submitted' and p.application_id is not null and p.signed_at is null")),
        Whose::Opinion => drop(query.push(" and a.state = 'submitted' and p.application_id is null and ").push(AWAITED)),
        Whose::Mine | Whose::Team => {
            query.push(" and a.state = 'submitted' and p.application_id is null and not ").push(AWAITED);
            let compared = if turn == Whose::Mine { " and a.assigned_to = " } else { " and a.assigned_to is distinct from " };
            query.push(compared).push_bind(reading.reader.0);
        }
    }
}

/// Written out, so that the index of who waits or that of who holds a place finds them, however many demandes there are.
fn push_footing(query: &mut QueryBuilder<Postgres>, place: PlaceChoice) {
    let standing = match place {
        PlaceChoice::Waiting => "standing = 'waiting'",
        PlaceChoice::Reserved => "standing = 'reserved' and place_number is not null",
        PlaceChoice::Granted => "standing = 'granted' and place_number is not null",
    };
    query.push(" and a.id in (select application_id from standings where ").push(standing).push(")");
}

fn push_late(query: &mut QueryBuilder<Postgres>, reading: Reading) {
    query.push(" and a.state in ('submitted', 'changes_requested') and (a.silence_decides_on <= ").push_bind(reading.today.late_until());
    query.push(" or (a.silence_decides_on is null and a.state = 'submitted' and (a.received_at at time zone 'Europe/Paris')::date <= ");
    query.push_bind(reading.today.target_passed_for).push("))");
}
