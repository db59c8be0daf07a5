//! Histories nobody would think of, through the functions of the line: after each step the tables are what the rule makes of what happened, and
//! of what was written down of it.

use std::collections::BTreeMap;

use habilitation::{
    criteria::Sector,
    experimentation::{Fact, Line, Share, line::Stand},
    ids::{ApplicationId, CampaignId},
};
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use super::crowd::{self, Shape, against_places, line_of};
use crate::support::TestDatabase;

const HISTORIES: u32 = 24;
const STEPS: usize = 90;

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // Knuth's MMIX; the low bits repeat too soon.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.below(all.len())]) }
    }
}

/// One history: a campaign, those who have not come yet, and the line as the rule sees it.
struct History {
    campaign: CampaignId,
    shape: Shape,
    is_released: bool,
    to_come: Vec<ApplicationId>,
    sirens: BTreeMap<ApplicationId, (String, bool)>,
    turns: i32,
    line: Line,
}

impl History {
    async fn begin(owner: &mut PgConnection, number: u32, chance: &mut Chance) -> Self {
        let capacity = 4 + u32::try_from(chance.below(12)).unwrap();
        let floor = u32::try_from(chance.below(3)).unwrap().min(capacity / 6);
        let shape = Shape { capacity, floor, ceiling: floor.max(1) + u32::try_from(chance.below(5)).unwrap() };
        let campaign = crowd::a_campaign(owner, number, shape).await;
        let to_come = crowd::candidatures(owner, campaign, 60, &[5, 17], &[9, 21, 22]).await;
        let sirens: Vec<(i64, String, bool)> = sqlx::query_as(
            "select demande.id, siren, is_public from applications demande join organisations on organisations.id = organisation_id
            where campaign_id = $1",
        )
        .bind(campaign.0)
        .fetch_all(owner)
        .await
        .unwrap();
        let sirens = sirens.into_iter().map(|(id, siren, is_public)| (ApplicationId(id), (siren, is_public))).collect();
        let mut history = Self { campaign, shape, is_released: false, to_come, sirens, turns: 0, line: Line::default() };
        history.to_come.reverse();
        history.happens(history.panel());
        history
    }

    fn panel(&self) -> Fact {
        let share = Share { floor: self.shape.floor, ceiling: self.shape.ceiling };
        let shares = Sector::ALL.iter().map(|sector| (*sector, share)).collect();
        Fact::Panel { capacity: self.shape.capacity, shares, is_released: self.is_released }
    }

    fn happens(&mut self, fact: Fact) {
        self.line.take(fact).unwrap();
        self.line.move_on();
    }

    fn standing(&self, is_one: impl Fn(Stand) -> bool) -> Vec<ApplicationId> {
        self.line.candidates().iter().filter(|(_, it)| is_one(it.stand)).map(|(id, _)| *id).collect()
    }

    /// The day the desk says it is: the reserve is released from the last one on.
    fn day(&self) -> &'static str {
        if self.is_released { "2199-01-01" } else { "2026-01-02" }
    }

    /// Something that can happen, as the rule sees it and as the database is told; nothing when it cannot.
    fn next(&mut self, chance: &mut Chance) -> Option<(Fact, String)> {
        let sector = chance.one_of(&[Sector::Health, Sector::Transport, Sector::Rental])?;
        let day = self.day();
        Some(match chance.below(20) {
            0..=8 => {
                let id = self.to_come.pop()?;
                self.turns += 1;
                let (siren, is_public) = self.sirens[&id].clone();
                let fact = Fact::Entered { application: id, turn: self.turns, siren, sector, is_public };
                (fact, format!("enter_line({}, '{sector}', false, $1, '{day}')", id.0))
            }
            9..=12 => {
                let id = chance.one_of(&self.standing(|_| true))?;
                let why = chance.one_of(&["refused", "withdrawn", "closed", "silence", "items_missing", "revoked", "ended"])?;
                (Fact::Left { application: id }, format!("leave_line({}, '{why}', $1, '{day}')", id.0))
            }
            13..=15 => {
                let id = chance.one_of(&self.standing(|stand| stand == Stand::Reserved))?;
                (Fact::Granted { application: id }, format!("grant_place({}, $1, '{day}')", id.0))
            }
            16 | 17 => {
                let id = chance.one_of(&self.standing(|stand| stand != Stand::Granted))?;
                if self.line.candidates()[&id].sector == sector {
                    return None;
                }
                (Fact::SectorCorrected { application: id, sector }, format!("correct_sector({}, '{sector}', $1, '{day}')", id.0))
            }
            18 => {
                // Up, or down as far as nobody who holds a place loses it.
                let (up, kept) = (chance.below(3) < 2, 6 * self.shape.floor);
                let capacity = if up { self.shape.capacity + 1 } else { self.shape.capacity - 1 };
                let bound: u32 = Sector::ALL.iter().map(|sector| self.line.kept(*sector).max(self.line.taken_by(*sector))).sum();
                if capacity < bound.max(kept).max(1) {
                    return None;
                }
                self.shape.capacity = capacity;
                let list = |count: u32| vec![count.to_string(); 6].join(",");
                let sectors = Sector::ALL.iter().map(|sector| format!("'{sector}'")).collect::<Vec<_>>().join(",");
                let (floors, ceilings) = (list(self.shape.floor), list(self.shape.ceiling));
                let until = format!("(select reserved_until from campaigns where id = {})", self.campaign.0);
                let call = format!(
                    "change_panel({}, {capacity}, {until}, array[{sectors}], array[{floors}], array[{ceilings}], $1, '{day}')",
                    self.campaign.0
                );
                (self.panel(), call)
            }
            _ => {
                if self.is_released || chance.below(4) > 0 {
                    return None;
                }
                self.is_released = true;
                (Fact::Released, format!("pass_line({}, $1, '{}')", self.campaign.0, self.day()))
            }
        })
    }
}

#[tokio::test]
async fn the_tables_are_what_the_rule_makes_of_any_history() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    let (mut told, mut undone) = (0, 0);
    for number in 0..HISTORIES {
        let mut chance = Chance(u64::from(number) + 1);
        let mut history = History::begin(&mut owner, number, &mut chance).await;
        let mut desk = database.desk.acquire().await.unwrap();
        for step in 0..STEPS {
            let Some((fact, call)) = history.next(&mut chance) else { continue };
            told += 1;
            // Now and then the program dies before it commits, and does it again.
            if chance.below(6) == 0 {
                desk.execute("begin").await.unwrap();
                crowd::call(&mut desk, &call).await.unwrap();
                desk.execute("rollback").await.unwrap();
                undone += 1;
            }
            crowd::call(&mut desk, &call).await.unwrap_or_else(|error| panic!("history {number}, step {step}: {call}: {error}"));
            history.happens(fact);
            let found = line_of(&mut desk, history.campaign).await;
            assert_eq!(&found, history.line.candidates(), "history {number}, step {step}: {call}");
        }
        if number % 6 == 0 {
            assert_eq!(against(&database).await, [""; 0], "history {number}");
        }
    }
    println!("{HISTORIES} histories, {told} facts, {undone} of them cut short once: the database is the rule after each");
    assert!(told > 1_000);
    let left = owner.execute(AssertSqlSafe("select from standings where standing = 'left'".to_owned())).await.unwrap().rows_affected();
    assert!(left > 50, "{left} left");
    assert_eq!(against(&database).await, [""; 0]);
}

/// What stands against the places, but that some never came: the crowd was complete before it entered.
async fn against(database: &TestDatabase) -> Vec<String> {
    let mut against = against_places(database).await;
    against.retain(|fault| !fault.ends_with("stands nowhere"));
    against
}
