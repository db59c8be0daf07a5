//! What somebody may try against the places with every right on the tables, with the constraints of reference switched off, or as the desk:
//! refused by the database itself, or found by `check-invariants`.

use habilitation::{criteria::Sector, ids::CampaignId};
use sqlx::{Executor, PgConnection};

use super::crowd::{self, Shape, against_places, refusal};
use crate::support::TestDatabase;

/// Ten places, one kept for each sector, three at most for each. Candidatures 1, 2 and 3 hold those of health, 4, 6 and 8 those of renting; 5 waits,
/// its sector is at its ceiling and 6 is of the same legal person; 7 is of an administration.
async fn a_panel(owner: &mut PgConnection) -> CampaignId {
    let campaign = crowd::a_campaign(owner, 0, Shape { capacity: 10, floor: 1, ceiling: 3 }).await;
    let crowd = crowd::candidatures(owner, campaign, 8, &[7], &[6]).await;
    for (id, sector) in crowd.iter().zip([
        Sector::Health,
        Sector::Health,
        Sector::Health,
        Sector::Rental,
        Sector::Health,
        Sector::Rental,
        Sector::Rental,
        Sector::Rental,
    ]) {
        crowd::enter(owner, *id, sector).await.unwrap();
    }
    campaign
}

const SECOND_HOLDER: &str = "update standings set (place_number, place_pool) = (select place_number, place_pool from standings where application_id = 2) where application_id = 1";

const REFUSED: [(&str, &str, &str); 13] = [
    ("a second holder for a place", SECOND_HOLDER, "standings_place_has_one_holder"),
    ("a place more", "insert into places (campaign_id, number, capacity) values (1, 11, 10)", "places_are_within_the_capacity"),
    (
        "a place for a public body",
        "update standings set standing = 'reserved', place_number = 11, place_pool = 'libre', slot_number = 3 where application_id = 7",
        "standings_public_body_holds_no_place",
    ),
    (
        "a place out of the numbers",
        "update standings set place_number = 11, place_pool = 'libre' where application_id = 1",
        "standings_place_fkey",
    ),
    (
        "a second place for a legal person",
        "update standings set siren = (select siren from standings where application_id = 2) where application_id = 1",
        "standings_legal_person_holds_one_place",
    ),
    (
        "a place kept for another sector",
        "update standings set (place_number, place_pool) = (select number, pool from places where pool = 'education') where application_id = 1",
        "standings_place_serves_its_sector",
    ),
    (
        "the same, its label denied",
        "update standings set place_number = (select number from places where pool = 'education'), place_pool = 'libre' where application_id = 1",
        "standings_place_fkey",
    ),
    ("an approval without a place", "update applications set state = 'approved' where id = 5", "standings_approved_holds_a_place"),
    (
        "a grant without a place",
        "update standings set standing = 'granted', granted_at = now() where application_id = 5",
        "standings_holds_a_whole_place_or_none",
    ),
    ("a public body said private", "update standings set is_public = false where application_id = 7", "standings_organisation_fkey"),
    (
        "a holder who becomes public",
        "update organisations set legal_category = '7210' where right(siret, 5) = '00001'",
        "standings_public_body_holds_no_place",
    ),
    (
        "a sector above its ceiling",
        "update standings set sector = 'sante', slot_number = 3 where application_id = 6",
        "standings_slot_has_one_holder",
    ),
    ("a capacity below who holds", "update campaigns set capacity = 3", "places_are_within_the_capacity"),
];

/// As the owner, with foreign keys and triggers switched off: what `UNIQUE` and `CHECK` hold by themselves.
const REFUSED_WITHOUT_KEYS: [(&str, &str, &str); 3] = [
    ("a second holder for a place", SECOND_HOLDER, "standings_place_has_one_holder"),
    (
        "a public body with a place",
        "update standings set standing = 'reserved', place_number = 9, place_pool = 'libre', slot_number = 3 where application_id = 7",
        "standings_public_body_holds_no_place",
    ),
    (
        "a grant without a place",
        "update standings set standing = 'granted', granted_at = now() where application_id = 5",
        "standings_holds_a_whole_place_or_none",
    ),
];

/// As the desk: nothing but through the functions.
const FORBIDDEN: [&str; 6] = [
    "update standings set turn = 1 where application_id = 5",
    "insert into standings (application_id) values (5)",
    "delete from standings",
    "update places set pool = 'sante'",
    "insert into sector_slots values (1, 'sante', 4, 4)",
    "insert into line_facts (campaign_id, number, moment, at, fact) values (1, 999, 999, now(), 'released')",
];

/// With the keys off nothing refuses these; each is undone by the next copy of the panel.
const FOUND: [(&str, &str, &str); 3] = [
    (
        "a company of the panel relabelled as an administration",
        "update organisations set legal_category = '7210' where right(siret, 5) = '00001'",
        "of another nature",
    ),
    ("a place more, with a capacity of its own", "insert into places (campaign_id, number, capacity) values (1, 11, 11)", "has 11 places"),
    ("an approval behind the back of the line", "update applications set state = 'approved' where id = 5", "its demande is approved"),
];

#[tokio::test]
async fn every_attack_on_the_panel_is_refused_or_found() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    a_panel(&mut owner).await;
    assert_eq!(against_places(&database).await, [""; 0]);
    for (attack, statement, rule) in REFUSED {
        assert_eq!(refusal(&owner.execute(statement).await.expect_err(attack)), rule, "{attack}");
    }
    for statement in FORBIDDEN {
        assert_eq!(refusal(&database.desk.execute(statement).await.expect_err(statement)), "42501", "{statement}");
    }
    for function in ["free_place(1)", "label_pools(1)", "open_line(1, now(), '2027-01-01')"] {
        let call = sqlx::AssertSqlSafe(format!("select {function}"));
        assert_eq!(refusal(&database.desk.execute(call).await.expect_err(function)), "42501", "{function}");
    }
    owner.execute("set session_replication_role = replica").await.unwrap();
    for (attack, statement, rule) in REFUSED_WITHOUT_KEYS {
        assert_eq!(refusal(&owner.execute(statement).await.expect_err(attack)), rule, "{attack}");
    }
    assert_eq!(against_places(&database).await, [""; 0], "nothing of it left a trace");
    println!(
        "{} attacks refused as the owner, {} with the keys off, {} as the desk; {} found by check-invariants",
        REFUSED.len(),
        REFUSED_WITHOUT_KEYS.len(),
        FORBIDDEN.len() + 3,
        FOUND.len()
    );
}

#[tokio::test]
async fn what_no_constraint_can_refuse_is_found_by_the_invariants() {
    for (attack, statement, found) in FOUND {
        let database = TestDatabase::new().await;
        let mut owner = database.owner().await;
        a_panel(&mut owner).await;
        owner.execute("set session_replication_role = replica").await.unwrap();
        owner.execute(statement).await.unwrap_or_else(|error| panic!("{attack}: {error}"));
        let against = against_places(&database).await;
        assert!(against.iter().any(|fault| fault.contains(found)), "{attack}: {against:?}");
    }
}
