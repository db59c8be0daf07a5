//! `kill -9` at each step of an approval, and of what frees a place: the place is neither lost nor doubled.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tokio::time::sleep;

use crate::{
    browser::Browser,
    desk::{Desk, Place},
};

/// Tables an approval writes, in the order it reaches them: held, each stops it there.
const APPROVING: [&str; 7] = ["campaigns", "standings", "line_facts", "decisions", "applications", "authorizations", "outbox"];

/// Those a withdrawal writes.
const FREEING: [&str; 5] = ["campaigns", "standings", "line_facts", "journal", "outbox"];

/// A panel of one place, held by the candidature of the demonstration; another one waits for it.
struct Panel {
    campaign: i64,
    holder: i64,
    waiting: i64,
}

/// Six sectors, so that a capacity of one keeps nothing for any.
const ONE_PLACE: &str = "select seated from change_panel($1, 1, (select opens_on from campaigns where id = $1),
    array['sante', 'education', 'loisirs', 'transport', 'certification', 'location'], array[0,0,0,0,0,0], array[1,1,1,1,1,1], now(), current_date)";

/// Another company's candidature, as the acts leave one: a copy of the first under other numbers, which takes its turn.
const ANOTHER: &str = "
    with firm as (
        insert into organisations (siret, name, state, source, observed_at, created_at, legal_category)
        values ('99988877700011', 'La Seconde', 'open', 'sample_register', now(), now(), '5710') returning id
    ), rank as (
        update campaigns set last_arrival = last_arrival + 1 where id = $2 returning last_arrival
    )
    insert into applications (kind, organisation_id, applicant_id, start_key, created_at, updated_at, campaign_id)
    select kind, firm.id, applicant_id, gen_random_uuid(), now(), now(), campaign_id from applications, firm where applications.id = $1
    returning applications.id, (select last_arrival from rank)";

async fn a_panel(place: &Place) -> Panel {
    let mut owner = place.owner().await;
    let (holder, campaign): (i64, i64) = sqlx::query_as("select application_id, campaign_id from standings where place_number is not null")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    sqlx::query(ONE_PLACE).bind(campaign).execute(&mut owner).await.unwrap();
    let mut transaction = owner.begin().await.unwrap();
    let (waiting, rank): (i64, i32) = sqlx::query_as(ANOTHER).bind(holder).bind(campaign).fetch_one(&mut *transaction).await.unwrap();
    for copied in [
        format!(
            "insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login,
                submitted_at, submitted_by, findings, explanation, silence_effect)
            select {waiting}, 1, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at, submitted_by, findings,
                explanation, silence_effect from application_versions where application_id = {holder} and number = 1"
        ),
        format!(
            "update applications set state = 'submitted', version = 1, arrival_rank = {rank}, received_at = original.received_at,
                silence_decides_on = original.silence_decides_on, service_name = original.service_name
            from applications original where applications.id = {waiting} and original.id = {holder}"
        ),
        format!(
            "insert into journal (at, actor_kind, actor_name, event, application_id, details)
            select now(), 'timer', 'Le guichet', event, {waiting}, details
            from (values ('application_started', '{{}}'::jsonb), ('application_submitted', '{{\"version\": 1}}')) as told (event, details)"
        ),
        format!(
            "insert into outbox (id, deduplication_key, kind, recipient_address, recipient_name, letter, application_id, created_at, next_try_at,
                give_up_at)
            select gen_random_uuid(), 'copied', kind, recipient_address, recipient_name, letter, {waiting}, now(), now(), now() + interval '1 day'
            from outbox where application_id = {holder} and kind = 'application_received'"
        ),
        format!("select * from enter_line({waiting}, 'education', false, now(), current_date)"),
    ] {
        transaction.execute(AssertSqlSafe(copied)).await.unwrap();
    }
    transaction.commit().await.unwrap();
    Panel { campaign, holder, waiting }
}

/// Opinions of two services, so that the approval may be signed; the draft of it is prepared on its page.
async fn prepared(desk: &Desk, place: &Place, panel: &Panel) -> Browser {
    let mut owner = place.owner().await;
    for (service, by) in [("legal", "juriste"), ("franceconnect", "signataire")] {
        let account = format!("(select id from accounts where email = '{by}@demo.test')");
        let id = panel.holder;
        let asked = format!("insert into opinion_requests values ({id}, 1, '{service}', '', {account}, now()) on conflict do nothing");
        let given = format!(
            "insert into opinions values ({id}, 1, '{service}', 'favourable', 'Rien à redire.', {account}, 'A', 'Juriste', now()) on conflict do nothing"
        );
        owner.execute(AssertSqlSafe(asked)).await.unwrap();
        owner.execute(AssertSqlSafe(given)).await.unwrap();
    }
    let mut sophie = desk.browser().sign_in("instructeur@demo.test").await;
    let decision = [("outcome", "approved"), ("version", "1"), ("message", "Bravo.")];
    let answer = sophie.post(&format!("/instruction/{}/decision", panel.holder), &decision).await.unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    desk.browser().sign_in("signataire@demo.test").await
}

/// Asks, and kills the desk while what it does waits behind the table that somebody else holds.
async fn killed_before(desk: &mut Desk, place: &Place, table: &str, mut asker: Browser, path: &str, form: &[(&str, &str)]) {
    let mut holds = place.owner().await;
    let mut looks = place.owner().await;
    holds.execute(AssertSqlSafe(format!("begin; lock table {table} in exclusive mode"))).await.unwrap();
    let asked = asker.post(path, form);
    let killer = async {
        let waits = format!("select count(*) from pg_locks where relation = '{table}'::regclass and not granted");
        while sqlx::query_scalar::<_, i64>(AssertSqlSafe(waits.clone())).fetch_one(&mut looks).await.unwrap() == 0 {
            sleep(Duration::from_millis(2)).await;
        }
        desk.kill();
    };
    let (answer, ()) = tokio::join!(asked, killer);
    assert!(answer.is_err(), "nobody was answered");
    drop(holds);
}

async fn opened_again(place: &Place) -> Desk {
    let mut desk = place.serve(&[]);
    desk.ready().await;
    desk
}

/// Who holds the one place, and how.
async fn held(owner: &mut PgConnection, panel: &Panel) -> Vec<(i64, String)> {
    sqlx::query_as("select application_id, standing from standings where campaign_id = $1 and place_number is not null")
        .bind(panel.campaign)
        .fetch_all(owner)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_neither_lost_nor_doubled_though_the_desk_is_killed_while_it_approves() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let panel = a_panel(&place).await;
    let signing = [("revision", "1"), ("outcome", "approved"), ("read", "oui")];
    let path = format!("/instruction/{}/signature", panel.holder);
    let mut anne = prepared(&desk, &place, &panel).await;
    for table in APPROVING {
        killed_before(&mut desk, &place, table, anne, &path, &signing).await;
        desk = opened_again(&place).await;
        let found = held(&mut place.owner().await, &panel).await;
        assert_eq!(found, [(panel.holder, "reserved".to_owned())], "killed before {table}: nothing was done, nothing is lost");
        place.check_invariants();
        anne = desk.browser().sign_in("signataire@demo.test").await;
    }
    let answer = anne.post(&path, &signing).await.unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(held(&mut place.owner().await, &panel).await, [(panel.holder, "granted".to_owned())]);
    place.check_invariants();
    println!("kill -9 of an approval before it writes {}: each time whole or absent, granted once in the end", APPROVING.join(", "));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_freed_place_goes_on_once_though_the_desk_is_killed_while_it_frees_it() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let panel = a_panel(&place).await;
    let path = format!("/demandes/{}/retrait", panel.holder);
    for table in FREEING {
        let helene = desk.browser().sign_in("entreprise@demo.test").await;
        killed_before(&mut desk, &place, table, helene, &path, &[]).await;
        desk = opened_again(&place).await;
        let found = held(&mut place.owner().await, &panel).await;
        assert_eq!(found, [(panel.holder, "reserved".to_owned())], "killed before {table}");
        place.check_invariants();
    }
    let answer = desk.browser().sign_in("entreprise@demo.test").await.post(&path, &[]).await.unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(held(&mut place.owner().await, &panel).await, [(panel.waiting, "reserved".to_owned())], "it went on, to the next one");
    place.check_invariants();
    println!("kill -9 of a withdrawal before it writes {}: each time whole or absent, the place went on once", FREEING.join(", "));
}
