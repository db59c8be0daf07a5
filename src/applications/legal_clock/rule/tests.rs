//! The rule over written cases, then over any facts.

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use SilenceEffect::{Acceptance, Rejection};

fn facts(received_on: Date, silence: SilenceEffect, requests: Vec<ItemsRequest>) -> ClockFacts {
    ClockFacts { received_on, silence: Some(silence), requests, is_over: false, decided_by_silence_on: None }
}

fn asked(asked_on: Date, limit_on: Date, received_on: Option<Date>) -> ItemsRequest {
    ItemsRequest { version: 1, asked_on, limit_on, received_on, has_lapsed: false }
}

fn due(facts: &ClockFacts) -> Option<Date> {
    facts.clock().decides_on()
}

/// Received on 10 January 2026, items asked on 20 January with 10 February as limit, received on 3 February: 14 days of suspension
/// after 10 March where silence means rejection, two months after 3 February where it means acceptance.
#[test]
fn the_worked_example_gives_its_two_dates() {
    let request = asked(date(2026, 1, 20), date(2026, 2, 10), Some(date(2026, 2, 3)));
    assert_eq!(due(&facts(date(2026, 1, 10), Rejection, vec![request])), Some(date(2026, 3, 24)));
    assert_eq!(due(&facts(date(2026, 1, 10), Acceptance, vec![request])), Some(date(2026, 4, 3)));
}

#[test]
fn two_months_end_on_the_same_day_or_on_the_last_of_the_month() {
    for (received, decides) in [
        (date(2026, 12, 3), date(2027, 2, 3)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2027, 12, 29), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 8, 30)),
    ] {
        for effect in [Rejection, Acceptance] {
            assert_eq!(due(&facts(received, effect, vec![])), Some(decides), "{received}");
        }
    }
}

#[test]
fn days_are_those_of_paris_whatever_the_season() {
    // 23 h 30 UTC on 28 March 2026 is 0 h 30 in Paris on the day summer time begins.
    for (at, decides) in [
        (datetime!(2026-03-28 23:30 UTC), date(2026, 5, 29)),
        (datetime!(2026-03-29 21:30 UTC), date(2026, 5, 29)),
        (datetime!(2026-03-29 22:30 UTC), date(2026, 5, 30)),
        (datetime!(2026-10-24 22:30 UTC), date(2026, 12, 25)),
        (datetime!(2026-10-25 22:30 UTC), date(2026, 12, 25)),
        (datetime!(2026-10-25 23:30 UTC), date(2026, 12, 26)),
    ] {
        assert_eq!(due(&facts(calendar::paris_date(at), Rejection, vec![])), Some(decides), "{at}");
    }
    // A suspension across the change of hour counts days, not hours.
    let request = asked(date(2026, 3, 20), date(2026, 4, 20), Some(date(2026, 4, 3)));
    assert_eq!(due(&facts(date(2026, 3, 10), Rejection, vec![request])), Some(date(2026, 5, 24)));
}

#[test]
fn awaited_items_stop_the_clock_and_a_passed_limit_starts_again_only_the_one_of_rejection() {
    let open = asked(date(2026, 1, 20), date(2026, 2, 10), None);
    let lapsed = ItemsRequest { has_lapsed: true, ..open };
    let (since, limit_on) = (open.asked_on, open.limit_on);
    let stopped = |effect, has_lapsed| LegalClock::Suspended { effect, since, limit_on, has_lapsed };
    let received = date(2026, 1, 10);
    assert_eq!(facts(received, Rejection, vec![open]).clock(), stopped(Rejection, false));
    assert_eq!(facts(received, Acceptance, vec![open]).clock(), stopped(Acceptance, false));
    assert_eq!(due(&facts(received, Rejection, vec![lapsed])), Some(date(2026, 3, 31)), "21 days after 10 March");
    assert_eq!(facts(received, Acceptance, vec![lapsed]).clock(), stopped(Acceptance, true));
    let late = ItemsRequest { received_on: Some(date(2026, 2, 20)), ..lapsed };
    assert_eq!(due(&facts(received, Rejection, vec![late])), Some(date(2026, 3, 31)), "what comes late suspends no longer");
    assert_eq!(due(&facts(received, Acceptance, vec![late])), Some(date(2026, 4, 20)));
}

#[test]
fn nobody_waits_for_silence_where_it_means_nothing_or_where_somebody_spoke() {
    let running = facts(date(2026, 1, 10), Rejection, vec![]);
    assert_eq!(ClockFacts { silence: None, ..running.clone() }.clock(), LegalClock::None);
    assert_eq!(ClockFacts { is_over: true, ..running.clone() }.clock(), LegalClock::Ended);
    let on = date(2026, 3, 10);
    let decided = ClockFacts { decided_by_silence_on: Some(on), ..running };
    assert_eq!(decided.clock(), LegalClock::DecidedBySilence { effect: Rejection, on });
    assert_eq!(ClockFacts { is_over: true, ..decided }.clock(), LegalClock::Ended, "somebody signed what silence had accepted");
}

#[test]
fn an_acknowledgement_promises_what_was_known_that_day() {
    let first = asked(date(2026, 1, 20), date(2026, 2, 10), Some(date(2026, 2, 3)));
    let second = ItemsRequest { version: 2, ..asked(date(2026, 2, 10), date(2026, 3, 1), None) };
    let facts = facts(date(2026, 1, 10), Rejection, vec![second, first]);
    assert_eq!(facts.promised(1), Some(date(2026, 3, 10)));
    assert_eq!(facts.promised(2), Some(date(2026, 3, 24)));
    assert_eq!(due(&facts), None);
}

fn a_request() -> impl Strategy<Value = ItemsRequest> {
    (0i32..200, 1i32..90, 0i32..120, any::<bool>()).prop_map(|(asked, limit, received, arrives)| {
        let asked_on = date(2027, 11, 20).saturating_add(asked.days());
        ItemsRequest {
            version: 1,
            asked_on,
            limit_on: asked_on.saturating_add(limit.days()),
            received_on: arrives.then(|| asked_on.saturating_add(received.days())),
            has_lapsed: !arrives || received > limit,
        }
    })
}

proptest! {
    #[test]
    fn a_suspension_never_shortens_and_counts_each_day_once(
        received in 0i32..800, requests in proptest::collection::vec(a_request(), 0..5), more in a_request()
    ) {
        let received_on = date(2027, 1, 1).saturating_add(received.days());
        let before = facts(received_on, Rejection, requests.clone());
        let after = facts(received_on, Rejection, requests.iter().copied().chain([more]).collect());
        let (before, after) = (due(&before).expect("a clock runs"), due(&after).expect("a clock runs"));
        prop_assert!(before >= calendar::months_after(received_on, SILENCE_MONTHS));
        prop_assert!(after >= before);
        prop_assert!(calendar::whole_days(before, after) <= calendar::whole_days(more.asked_on, more.limit_on));
        let arrived = |all: &[ItemsRequest]| facts(received_on, Acceptance, all.iter().copied().filter(|it| it.received_on.is_some()).collect());
        let whole: Vec<_> = requests.iter().copied().chain([more]).collect();
        let due_on = |all: &[ItemsRequest]| due(&arrived(all)).expect("a clock runs");
        prop_assert!(due_on(&whole) >= due_on(&requests));
    }

    #[test]
    fn the_order_of_facts_is_irrelevant(requests in proptest::collection::vec(a_request(), 0..6), turn in 0usize..6) {
        for effect in [Rejection, Acceptance] {
            let told = facts(date(2027, 11, 10), effect, requests.clone());
            let mut other = requests.clone();
            other.reverse();
            let turned = turn.min(other.len());
            other.rotate_left(turned);
            prop_assert_eq!(told.clock(), facts(date(2027, 11, 10), effect, other).clock());
        }
    }
}
