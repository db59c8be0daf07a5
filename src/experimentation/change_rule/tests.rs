use std::collections::BTreeMap;

use proptest::prelude::*;
use time::{Duration, macros::date};

use super::*;
use crate::{
    config::SilenceEffect,
    experimentation::{HeldInSector, Share},
};

/// In the middle of the candidatures: open since 11 January, the reserve released on 30 April, closed after 30 June.
const OPEN: Date = date!(2027 - 03 - 01);

fn held(health: HeldInSector) -> Held {
    Held(BTreeMap::from([(Sector::Health, health)]))
}

fn taken(granted: u32, reserved: u32) -> HeldInSector {
    HeldInSector { granted, reserved, waiting: 0 }
}

fn told(change: impl FnOnce(&mut Campaign), day: Date, health: HeldInSector) -> Vec<(Part, String)> {
    let before = Campaign::example();
    let mut after = before.clone();
    change(&mut after);
    let held = held(health);
    let arrivals = held.taken();
    change_faults(Some(&before), &after, &Known { day, held, arrivals }).into_iter().map(|it| (it.part, it.sentence)).collect()
}

fn parts(change: impl FnOnce(&mut Campaign), day: Date, health: HeldInSector) -> Vec<Part> {
    told(change, day, health).into_iter().map(|(part, _)| part).collect()
}

const NOBODY: HeldInSector = HeldInSector { granted: 0, reserved: 0, waiting: 0 };

type Move = (fn(&mut Campaign), Date, Vec<Part>);

#[test]
fn a_day_that_came_stays_and_none_is_set_in_the_past() {
    let before = date!(2026 - 12 - 03);
    let moves: [Move; 14] = [
        (|it| it.opens_on = date!(2027 - 01 - 18), before, vec![]),
        (|it| it.opens_on = date!(2027 - 01 - 18), date!(2027 - 01 - 11), vec![Part::Opening]),
        (|it| it.opens_on = date!(2026 - 12 - 02), before, vec![Part::Opening]),
        (|it| it.closes_on = date!(2027 - 09 - 30), OPEN, vec![]),
        (|it| it.closes_on = OPEN, OPEN, vec![]),
        (|it| it.closes_on = date!(2027 - 02 - 28), OPEN, vec![Part::Closing]),
        (|it| it.closes_on = date!(2027 - 09 - 30), date!(2027 - 06 - 30), vec![]),
        (|it| it.closes_on = date!(2027 - 09 - 30), date!(2027 - 07 - 01), vec![Part::Closing]),
        (|it| it.ends_on = date!(2028 - 06 - 30), date!(2028 - 01 - 10), vec![]),
        (|it| it.ends_on = date!(2028 - 06 - 30), date!(2028 - 01 - 11), vec![Part::End]),
        (|it| it.ends_on = date!(2027 - 12 - 31), date!(2028 - 01 - 05), vec![Part::End]),
        (|it| it.panel.reserved_until = date!(2027 - 05 - 31), date!(2027 - 04 - 29), vec![]),
        (|it| it.panel.reserved_until = date!(2027 - 05 - 31), date!(2027 - 04 - 30), vec![Part::Reserve]),
        (|it| it.panel.reserved_until = date!(2027 - 02 - 28), OPEN, vec![Part::Reserve]),
    ];
    for (index, (change, day, faults)) in moves.into_iter().enumerate() {
        assert_eq!(parts(change, day, NOBODY), faults, "{index}");
    }
}

#[test]
fn capacity_never_goes_below_the_places_that_are_held_and_the_count_is_told() {
    let to = |capacity| move |it: &mut Campaign| (it.capacity, it.panel) = (capacity, Campaign::with_no_floor().panel);
    assert_eq!(parts(to(12), OPEN, taken(7, 5)), []);
    let refused = told(to(11), OPEN, taken(7, 5));
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].0, Part::Capacity);
    assert!(refused[0].1.starts_with("12 places sont tenues"), "{}", refused[0].1);
}

#[test]
fn a_ceiling_never_goes_below_what_the_sector_holds() {
    let to = |ceiling| move |it: &mut Campaign| it.panel.shares.extend([(Sector::Health, Share { floor: 8, ceiling })]);
    assert_eq!(parts(to(20), OPEN, taken(12, 8)), []);
    assert_eq!(parts(to(19), OPEN, taken(12, 8)), [Part::Ceiling(Sector::Health)]);
}

#[test]
fn a_floor_keeps_only_places_that_nobody_holds() {
    // 60 in health and 5 × 8 kept elsewhere: no place is left.
    let wide = |it: &mut Campaign| it.panel.shares.extend([(Sector::Health, Share { floor: 8, ceiling: 100 })]);
    let more = |it: &mut Campaign| {
        it.panel.shares.insert(Sector::Health, Share { floor: 8, ceiling: 100 });
        it.panel.shares.insert(Sector::Transport, Share { floor: 9, ceiling: 30 });
    };
    assert_eq!(parts(wide, OPEN, taken(60, 0)), []);
    assert_eq!(parts(more, OPEN, taken(60, 0)), [Part::Floor(Sector::Health)]);
    // Released, floors keep nothing any more: they cannot be changed.
    let late = date!(2027 - 05 - 02);
    assert_eq!(parts(more, late, taken(60, 0)), [Part::Floor(Sector::Transport)]);
}

#[test]
fn what_candidates_were_told_of_silence_stays_once_one_was_received() {
    let accept = |it: &mut Campaign| it.silence_effect = Some(SilenceEffect::Acceptance);
    assert_eq!(parts(accept, OPEN, NOBODY), []);
    assert_eq!(parts(accept, OPEN, taken(0, 1)), [Part::Silence]);
}

#[test]
fn a_participation_that_began_is_lengthened_and_never_shortened() {
    let sooner = |it: &mut Campaign| it.ends_on = date!(2027 - 12 - 10);
    assert_eq!(parts(sooner, OPEN, taken(0, 3)), []);
    assert_eq!(parts(sooner, OPEN, taken(1, 3)), [Part::End]);
    assert_eq!(parts(|it| it.ends_on = date!(2028 - 12 - 10), OPEN, taken(20, 3)), []);
    assert_eq!(parts(|it| it.panel.participation_ends = ParticipationEnd::Campaign, OPEN, taken(20, 3)), []);
    let mut before = Campaign::example();
    before.panel.participation_ends = ParticipationEnd::Campaign;
    let held = held(taken(1, 0));
    let faults = change_faults(Some(&before), &Campaign::example(), &Known { day: OPEN, held, arrivals: 1 });
    assert_eq!(faults.iter().map(|fault| fault.part).collect::<Vec<_>>(), [Part::ParticipationEnd]);
}

#[test]
fn every_mistake_of_shape_is_told_at_once_where_it_is() {
    let after = |it: &mut Campaign| {
        (it.closes_on, it.ends_on) = (date!(2027 - 01 - 05), date!(2027 - 01 - 04));
        (it.capacity, it.silence_effect, it.panel.answer_within_days) = (0, None, 91);
        it.panel.shares.insert(Sector::Health, Share { floor: 8, ceiling: 0 });
    };
    let found = parts(after, date!(2026 - 12 - 03), NOBODY);
    for part in [
        Part::Closing,
        Part::End,
        Part::Capacity,
        Part::Silence,
        Part::AnswerWithin,
        Part::Ceiling(Sector::Health),
        Part::Floor(Sector::Health),
    ] {
        assert!(found.contains(&part), "{part:?} {found:?}");
    }
    assert_eq!(parts(|_| (), OPEN, NOBODY), [Part::Title], "nothing changes");
}

#[test]
fn a_new_campaign_is_published_before_it_opens() {
    let faults = |day| change_faults(None, &Campaign::example(), &Known { day, held: Held::default(), arrivals: 0 }).len();
    assert_eq!((faults(date!(2027 - 01 - 11)), faults(date!(2027 - 01 - 12))), (0, 1));
}

proptest! {
    #[test]
    fn what_is_accepted_can_be_written_down_and_takes_nothing_from_anybody(
        day in 0i64..600, capacity in 0u32..300, floor in 0u32..60, ceiling in 0u32..200, ends in -300i64..300,
        granted in 0u32..60, reserved in 0u32..60,
    ) {
        let before = Campaign::example();
        let mut after = Campaign { capacity, ends_on: before.ends_on + Duration::days(ends), ..before.clone() };
        after.panel.shares.insert(Sector::Rental, Share { floor, ceiling });
        let held = Held(BTreeMap::from([(Sector::Rental, taken(granted, reserved))]));
        let known = Known { day: date!(2026 - 12 - 03) + Duration::days(day), held, arrivals: granted + reserved };
        if change_faults(Some(&before), &after, &known).is_empty() {
            prop_assert_eq!(after.check(), Ok(()));
            prop_assert!(granted + reserved <= capacity && granted + reserved <= ceiling);
            prop_assert!(ends >= 0 || granted == 0);
            prop_assert!(after.ends_on >= known.day);
        }
    }
}
