//! A campaign and as many complete candidatures as a storm needs, written as the acts leave them before they take their turn.

use habilitation::{
    criteria::Sector,
    experimentation::{Line, find_candidates, find_facts, line::Candidate},
    ids::{ApplicationId, CampaignId},
    invariants::{Outcome, check},
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};
use std::collections::BTreeMap;
use time::{OffsetDateTime, macros::datetime};

use crate::support::TestDatabase;

/// Every fact of a storm happens then.
pub const NOW: OffsetDateTime = datetime!(2026-12-03 09:00 UTC);

/// What a campaign of a storm is like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Places.
    pub capacity: u32,
    /// Kept for each sector.
    pub floor: u32,
    /// At most for each.
    pub ceiling: u32,
}

/// A campaign, the `number`th of this database, opened in a year of its own.
pub async fn a_campaign(owner: &mut PgConnection, number: u32, shape: Shape) -> CampaignId {
    let year = 2026 + 2 * number;
    let Shape { capacity, floor, ceiling } = shape;
    let id: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
        "insert into campaigns (title, legal_basis, legal_basis_url, opens_on, closes_on, ends_on, capacity, created_at, silence_effect,
             reserved_until)
         values ('Campagne {number}', 'Arrêté', 'https://e.test/', '{year}-01-01', '{year}-12-30', '{}-12-31', {capacity}, now(),
             'rejection', '{year}-12-30') returning id",
        year + 1
    )))
    .fetch_one(&mut *owner)
    .await
    .unwrap();
    let sectors: Vec<String> = Sector::ALL.iter().map(ToString::to_string).collect();
    sqlx::query("insert into campaign_sectors select $1, sector, $2, $3 from unnest($4::text[]) as sector")
        .bind(id)
        .bind(i32::try_from(floor).unwrap())
        .bind(i32::try_from(ceiling).unwrap())
        .bind(sectors)
        .execute(owner)
        .await
        .unwrap();
    CampaignId(id)
}

/// So many complete candidatures of as many companies, in the order of their numbers; those whose place in that order is in `public` are of
/// administrations, each in `twins` has the legal person of the one before it.
pub async fn candidatures(owner: &mut PgConnection, campaign: CampaignId, count: u32, public: &[u32], twins: &[u32]) -> Vec<ApplicationId> {
    let list = |numbers: &[u32]| numbers.iter().map(ToString::to_string).chain(["-1".into()]).collect::<Vec<_>>().join(",");
    // What the acts check before is not what these tests are about: only the constraints are on.
    let made = format!(
        "set session_replication_role = replica;
        insert into accounts (email, given_name, family_name, created_at, confirmed_at)
            values ('foule{campaign}@e.test', 'Foule', 'Rousseau', now(), now());
        insert into organisations (siret, name, state, source, observed_at, created_at, legal_category)
            select lpad((1000 * {campaign} + i - case when i in ({}) then 1 else 0 end)::text, 9, '0') || lpad(i::text, 5, '0'), 'Société ' || i, 'open',
                'sample_register', now(), now(), case when i in ({}) then '7210' else '5710' end
            from generate_series(1, {count}) i;
        insert into applications (kind, organisation_id, applicant_id, start_key, created_at, updated_at, campaign_id, arrival_rank, version,
            received_at, state)
            select 'experiment', id, (select id from accounts where email = 'foule{campaign}@e.test'), gen_random_uuid(), now(), now(),
                {campaign}, right(siret, 5)::integer, 1, now(), 'submitted'
            from organisations where left(siren, 6)::integer = {campaign} order by right(siret, 5);
        update campaigns set last_arrival = {count} where id = {campaign};
        set session_replication_role = origin",
        list(twins),
        list(public)
    );
    owner.execute(AssertSqlSafe(made)).await.unwrap();
    let made: Vec<i64> = sqlx::query_scalar("select id from applications where campaign_id = $1 order by arrival_rank")
        .bind(campaign.0)
        .fetch_all(owner)
        .await
        .unwrap();
    assert_eq!(made.len(), usize::try_from(count).unwrap());
    made.into_iter().map(ApplicationId).collect()
}

/// Calls a function of the line as the desk does; who received a place.
pub async fn call(connection: &mut PgConnection, function: &str) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar(AssertSqlSafe(format!("select seated from {function}"))).bind(NOW).fetch_all(connection).await
}

/// Takes the turn of a candidature.
pub async fn enter(connection: &mut PgConnection, application: ApplicationId, sector: Sector) -> sqlx::Result<Vec<i64>> {
    call(connection, &format!("enter_line({}, '{sector}', false, $1, '2026-12-03')", application.0)).await
}

/// What a rule of the database refused, by the name of the constraint or the code of the error.
pub fn refusal(error: &sqlx::Error) -> String {
    let error = error.as_database_error().unwrap();
    error.constraint().map_or_else(|| error.code().unwrap().into_owned(), ToOwned::to_owned)
}

/// Who holds a place of a campaign.
pub async fn held(owner: &mut PgConnection, campaign: CampaignId) -> i64 {
    sqlx::query_scalar("select count(*) from standings where campaign_id = $1 and place_number is not null")
        .bind(campaign.0)
        .fetch_one(owner)
        .await
        .unwrap()
}

/// The line by its tables, which must be the one its facts give.
pub async fn line_of(connection: &mut PgConnection, campaign: CampaignId) -> BTreeMap<ApplicationId, Candidate> {
    let found: BTreeMap<_, _> = find_candidates(connection, campaign).await.unwrap().into_iter().collect();
    let replayed = Line::replay(find_facts(connection, campaign).await.unwrap()).unwrap();
    assert_eq!(replayed.faults(), Vec::<String>::new());
    assert_eq!(&found, replayed.candidates(), "the tables are what the facts give");
    found
}

/// The address of the database for a connection as the desk.
pub fn desk_url(database: &TestDatabase) -> String {
    database.desk.connect_options().to_url_lossy().to_string()
}

/// What `check-invariants` finds against the places, in a view of its own.
pub async fn against_places(database: &TestDatabase) -> Vec<String> {
    let mut owner = PgConnection::connect(&database.owner_url).await.unwrap();
    // Not one of the pool, which a long storm left idle.
    let mut desk = PgConnection::connect(&desk_url(database)).await.unwrap();
    let checked = check(&mut desk, Some(&mut owner)).await.unwrap();
    let of_places = |name: &str| name.starts_with("the line of") || name.starts_with("who holds") || name.starts_with("constraints");
    let broken = checked.into_iter().filter(|checked| of_places(checked.invariant)).filter_map(|checked| match checked.outcome {
        Outcome::Broken(against) => Some(against),
        Outcome::Holds => None,
        Outcome::NotChecked(why) => panic!("{why}"),
    });
    broken.flatten().collect()
}
