//! The rule, on the cases people ask about, and on histories nobody would think of.

use proptest::{prelude::*, sample::Index};

use super::*;
use crate::experimentation::Share;

const SECTORS: [Sector; 3] = [Sector::Health, Sector::Transport, Sector::Rental];

fn shares(of: impl Fn(Sector) -> (u32, u32)) -> Shares {
    Sector::ALL
        .iter()
        .map(|sector| {
            let (floor, ceiling) = of(*sector);
            (*sector, Share { floor, ceiling })
        })
        .collect()
}

fn panel(capacity: u32, of: impl Fn(Sector) -> (u32, u32)) -> Fact {
    Fact::Panel { capacity, shares: shares(of), is_released: false }
}

fn entered(number: i64, sector: Sector) -> Fact {
    let siren = format!("{number:09}");
    Fact::Entered { application: ApplicationId(number), turn: i32::try_from(number).expect("it may be"), siren, sector, is_public: false }
}

/// One moment a fact.
fn replay(facts: impl IntoIterator<Item = Fact>) -> Line {
    Line::replay((1..).zip(facts)).expect("it may be")
}

fn holders(line: &Line) -> Vec<i64> {
    line.candidates().iter().filter(|(_, it)| it.stand != Stand::Waiting).map(|(application, _)| application.0).collect()
}

#[test]
fn the_first_to_arrive_is_the_first_seated_and_a_freed_place_goes_to_the_next() {
    let arrivals = (1..=4).map(|number| entered(number, Sector::Health));
    let facts: Vec<Fact> = std::iter::once(panel(2, |_| (0, 9))).chain(arrivals).collect();
    let line = replay(facts.clone());
    assert_eq!(holders(&line), [1, 2]);
    assert_eq!(line.why_waiting(ApplicationId(3)), Some(Wait::Full));
    let line = replay(facts.into_iter().chain([Fact::Left { application: ApplicationId(1) }]));
    assert_eq!(holders(&line), [2, 3]);
}

#[test]
fn what_is_kept_for_a_sector_waits_for_it_until_the_reserve_is_released() {
    let keeps = |sector| if sector == Sector::Rental { (2, 9) } else { (0, 9) };
    let facts = vec![panel(3, keeps), entered(1, Sector::Health), entered(2, Sector::Health), entered(3, Sector::Rental)];
    let line = replay(facts.clone());
    assert_eq!(holders(&line), [1, 3], "2 does not take what is kept, 3 takes its own");
    assert_eq!(line.why_waiting(ApplicationId(2)), Some(Wait::Kept));
    assert_eq!(holders(&replay(facts.into_iter().chain([Fact::Released]))), [1, 2, 3]);
}

#[test]
fn a_sector_at_its_ceiling_waits_while_others_are_seated() {
    let line = replay([panel(9, |_| (0, 1)), entered(1, Sector::Health), entered(2, Sector::Health), entered(3, Sector::Rental)]);
    assert_eq!(holders(&line), [1, 3]);
    assert_eq!(line.why_waiting(ApplicationId(2)), Some(Wait::Ceiling));
}

#[test]
fn a_legal_person_holds_one_place_and_a_public_body_none() {
    let twin = |number, is_public| Fact::Entered {
        application: ApplicationId(number),
        turn: i32::try_from(number).expect("it may be"),
        siren: "000000001".into(),
        sector: Sector::Rental,
        is_public,
    };
    let facts = vec![panel(9, |_| (0, 9)), twin(1, false), twin(2, false), twin(3, true)];
    let line = replay(facts.clone());
    assert_eq!(holders(&line), [1]);
    assert_eq!(line.why_waiting(ApplicationId(2)), Some(Wait::OneEach));
    assert_eq!(line.why_waiting(ApplicationId(3)), Some(Wait::Public));
    assert_eq!(holders(&replay(facts.into_iter().chain([Fact::Left { application: ApplicationId(1) }]))), [2]);
}

#[test]
fn a_corrected_sector_stands_where_it_would_always_have_stood() {
    let facts = vec![
        panel(3, |_| (0, 1)),
        entered(1, Sector::Health),
        entered(2, Sector::Rental),
        Fact::SectorCorrected { application: ApplicationId(1), sector: Sector::Rental },
    ];
    let line = replay(facts);
    assert_eq!(holders(&line), [2], "nobody who holds a place gives it up");
    assert_eq!(line.why_waiting(ApplicationId(1)), Some(Wait::Ceiling));
}

#[test]
fn facts_out_of_place_are_told() {
    let nobody = ApplicationId(1);
    for fact in [
        Fact::Left { application: nobody },
        Fact::Granted { application: nobody },
        Fact::SectorCorrected { application: nobody, sector: Sector::Health },
        Fact::NatureChanged { application: nobody, is_public: true },
    ] {
        assert_eq!(Line::replay([(1, fact)]), Err(OutOfPlace(nobody)));
    }
    let granted = Fact::Granted { application: nobody };
    let waits = [panel(1, |_| (0, 0)), entered(1, Sector::Health), granted.clone()];
    assert_eq!(Line::replay((1..).zip(waits)), Err(OutOfPlace(nobody)), "who waits is granted nothing");
    let twice = [panel(1, |_| (0, 1)), entered(1, Sector::Health), granted.clone(), granted];
    assert_eq!(Line::replay((1..).zip(twice)), Err(OutOfPlace(nobody)));
}

#[test]
fn it_is_told_beforehand_who_would_be_seated() {
    let keeps = |sector| if sector == Sector::Rental { (1, 9) } else { (0, 1) };
    let facts = [
        panel(3, keeps),
        entered(1, Sector::Health),
        entered(2, Sector::Rental),
        entered(3, Sector::Health),
        entered(4, Sector::Transport),
        entered(5, Sector::Rental),
    ];
    let line = replay(facts);
    assert_eq!(holders(&line), [1, 2, 4]);
    let next = |number| line.seated_without(ApplicationId(number)).expect("it is there");
    assert_eq!(next(1), [ApplicationId(3)], "one of its sector, which is at its ceiling");
    assert_eq!(next(2), [ApplicationId(5)], "its place is kept for its sector");
    assert_eq!(next(4), [ApplicationId(5)], "3 has no room under the ceiling of its sector, though it came before");
    assert_eq!(line.seated_without(ApplicationId(9)), Err(OutOfPlace(ApplicationId(9))));
    assert_eq!(holders(&line), [1, 2, 4], "nobody moved");
}

/// What the page of the panel reads of a line: holders, the first three of each sector whom nothing of their own keeps back, and those whose
/// legal person holds a place.
fn front(line: &Line) -> Line {
    let room = Room::of(line);
    let mut kept: BTreeMap<ApplicationId, Candidate> = BTreeMap::new();
    for sector in Sector::ALL {
        let mut waiting: Vec<(&ApplicationId, &Candidate)> = line
            .candidates()
            .iter()
            .filter(|(_, it)| it.stand == Stand::Waiting && it.sector == *sector)
            .filter(|(_, it)| !matches!(room.why_waiting(it), Some(Wait::Public | Wait::OneEach)))
            .collect();
        waiting.sort_by_key(|(_, it)| it.turn);
        kept.extend(waiting.into_iter().take(3).map(|(application, it)| (*application, it.clone())));
    }
    let others = line.candidates().iter().filter(|(_, it)| it.stand != Stand::Waiting || room.why_waiting(it) == Some(Wait::OneEach));
    kept.extend(others.map(|(application, it)| (*application, it.clone())));
    Line::standing(line.capacity(), line.shares.clone(), line.is_released, kept)
}

/// Something that may happen, before it is known whether it can.
#[derive(Clone, Debug)]
enum Event {
    Enters { sector: usize, legal_person: u32, is_public: bool },
    Leaves(Index),
    IsApproved(Index),
    ChangesSector(Index, usize),
    ChangesNature(Index),
    GrowsBy(u32),
    IsReleased,
}

fn some_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        8 => (0usize..3, 0u32..400, prop::bool::weighted(0.03))
            .prop_map(|(sector, legal_person, is_public)| Event::Enters { sector, legal_person, is_public }),
        // refused, withdrawn, revoked, expired: the line sees one thing
        4 => any::<Index>().prop_map(Event::Leaves),
        4 => any::<Index>().prop_map(Event::IsApproved),
        2 => (any::<Index>(), 0usize..3).prop_map(|(who, sector)| Event::ChangesSector(who, sector)),
        1 => any::<Index>().prop_map(Event::ChangesNature),
        1 => (0u32..3).prop_map(Event::GrowsBy),
        1 => Just(Event::IsReleased),
    ]
}

/// The fact an event is, where the line stands; nothing when it cannot happen.
fn fact_of(line: &Line, event: &Event, number: i64) -> Option<Fact> {
    let among = |index: &Index, is_one: &dyn Fn(&Candidate) -> bool| {
        let all: Vec<ApplicationId> = line.candidates().iter().filter(|(_, it)| is_one(it)).map(|(application, _)| *application).collect();
        (!all.is_empty()).then(|| all[index.index(all.len())])
    };
    Some(match event {
        Event::Enters { sector, legal_person, is_public } => Fact::Entered {
            application: ApplicationId(number),
            turn: i32::try_from(number).expect("it may be"),
            siren: format!("{legal_person:09}"),
            sector: SECTORS[*sector],
            is_public: *is_public,
        },
        Event::Leaves(who) => Fact::Left { application: among(who, &|_| true)? },
        Event::IsApproved(who) => Fact::Granted { application: among(who, &|it| it.stand == Stand::Reserved)? },
        Event::ChangesSector(who, sector) => {
            Fact::SectorCorrected { application: among(who, &|it| it.stand != Stand::Granted)?, sector: SECTORS[*sector] }
        }
        Event::ChangesNature(who) => {
            let application = among(who, &|it| it.stand == Stand::Waiting)?;
            Fact::NatureChanged { application, is_public: !line.candidates()[&application].is_public }
        }
        Event::GrowsBy(places) => {
            Fact::Panel { capacity: line.capacity + places, shares: line.shares.clone(), is_released: line.is_released }
        }
        Event::IsReleased => Fact::Released,
    })
}

/// Whoever of a sector was seated though an earlier one of it, that nothing of its own kept back, still waits.
fn overtaken(line: &Line, seated: &[ApplicationId]) -> Option<(ApplicationId, ApplicationId)> {
    let of = |application: &ApplicationId| &line.candidates()[application];
    seated.iter().find_map(|seated| {
        let behind = |(_, it): &(&ApplicationId, &Candidate)| {
            it.stand == Stand::Waiting && it.sector == of(seated).sector && it.turn < of(seated).turn
        };
        let own = |application: &ApplicationId| matches!(line.why_waiting(*application), Some(Wait::Public | Wait::OneEach));
        line.candidates().iter().filter(behind).find(|(application, _)| !own(application)).map(|(application, _)| (*application, *seated))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// A thousand facts: never over the capacity or a ceiling, one place a legal person and none for a public body, nobody overtaken in a
    /// sector, no free place beside somebody it could go to, no granted place lost but by leaving; the front of the line tells who would be
    /// seated as the whole does; and facts told again make the same line.
    #[test]
    fn a_thousand_facts_keep_the_order(
        (capacity, floor, ceiling) in (3u32..60).prop_flat_map(|capacity| (Just(capacity), 0..=capacity / 6, 1..=capacity)),
        events in prop::collection::vec(some_event(), 1_400),
    ) {
        let first = panel(capacity, |_| (floor.min(ceiling), ceiling));
        let (mut line, mut told) = (Line::default(), vec![first.clone()]);
        line.take(first).expect("it may be");
        line.move_on();
        let mut number = 0;
        for event in &events {
            if told.len() == 1_000 { break; }
            number += 1;
            let Some(fact) = fact_of(&line, event, number) else { continue };
            let granted: Vec<ApplicationId> = line.candidates().iter().filter(|(_, it)| it.stand == Stand::Granted).map(|(id, _)| *id).collect();
            told.push(fact.clone());
            line.take(fact.clone()).expect("it may be");
            let seated = line.move_on();
            // Who waits beside whom is long to look at: at one fact of eight, and at the last.
            if told.len() % 8 == 0 || told.len() == 1_000 {
                prop_assert_eq!(line.faults(), Vec::<String>::new());
            }
            if told.len() % 64 == 0 {
                let front = front(&line);
                for (holder, _) in line.candidates().iter().filter(|(_, it)| it.stand != Stand::Waiting) {
                    prop_assert_eq!(front.seated_without(*holder), line.seated_without(*holder), "{} leaving", holder);
                }
            }
            prop_assert_eq!(overtaken(&line, &seated), None);
            for id in granted {
                let is_there = line.candidates().get(&id).is_some_and(|it| it.stand == Stand::Granted);
                prop_assert!(is_there || fact == Fact::Left { application: id }, "{} lost what was granted", id);
            }
        }
        prop_assert!(told.len() >= 900, "{} facts", told.len());
        prop_assert_eq!(replay(told), line);
    }
}
