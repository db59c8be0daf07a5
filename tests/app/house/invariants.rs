//! `check-invariants` finds what somebody did to the database behind the desk's back.

use habilitation::{
    accounts::DEMO_PASSWORD,
    config::Switch,
    database::Owner,
    demo,
    invariants::{Checked, Outcome, check},
    notifications::LetterState,
    worker::look_at_invariants,
};
use sqlx::{Executor, PgConnection};

use crate::support::{TestDatabase, TestSite};

/// One approved demande, written as the acts write it.
const AN_APPROVED_DEMANDE: &str = r#"
    insert into accounts (email, given_name, family_name, created_at, confirmed_at)
        values ('camille@clamart.fr', 'Camille', 'Rousseau', now(), now()), ('inspecteur@dinum.fr', 'Alex', 'Martin', now(), now());
    insert into organisations (siret, name, state, source, observed_at, created_at)
        values ('21920023500014', 'Commune de Clamart', 'open', 'sample_register', now(), now());
    insert into applications (kind, organisation_id, applicant_id, start_key, created_at, updated_at)
        values ('administration', 1, 1, gen_random_uuid(), now(), now());
    insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login,
        submitted_at, submitted_by)
        values (1, 1, '{}', '{
            "service": {"name": "Portail familles", "description": "Inscriptions scolaires et périscolaires en ligne.", "url": ""},
            "legal_basis": {"nature": "Arrêté du 8 novembre 2018", "url": "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000037611479"},
            "assurance_level": "eidas_1", "scopes": ["openid", "family_name"],
            "personal_data": {"recipients": "Service scolarité", "retention_months": 12},
            "contacts": {"data_controller": {"email": "maire@clamart.fr"}, "data_protection_officer": {"email": "dpo@clamart.fr"},
                "technical_contact": {"email": "dsi@clamart.fr", "phone": "+33612345678"}}}', true, true, true, now(), 1);
    update applications set state = 'submitted', version = 1, received_at = now();
    update applications set state = 'approved';
    insert into decisions (application_id, version, outcome, message, decided_by, author_name, author_quality, author_service, decided_at)
        values (1, 1, 'approved', '', 2, 'Alex Martin', 'Inspecteur', 'DINUM', now());
    insert into authorizations (application_id, version, decision_id, organisation_id, organisation, content, granted_at)
        values (1, 1, 1, 1, '{}', '{}', now());
    insert into journal (at, actor_kind, actor_account_id, actor_name, event, application_id, details)
        values (now(), 'person', 1, 'Camille Rousseau', 'application_started', 1, '{}'),
            (now(), 'person', 1, 'Camille Rousseau', 'application_submitted', 1, '{"version": 1}'),
            (now(), 'person', 2, 'Alex Martin', 'application_approved', 1, '{"version": 1}'),
            (now(), 'person', 2, 'Alex Martin', 'authorization_granted', 1, '{"authorization": 1}');
    insert into outbox (id, deduplication_key, kind, recipient_address, recipient_name, letter, application_id, created_at, next_try_at,
        give_up_at)
        select gen_random_uuid(), kind, kind, 'camille@clamart.fr', 'Camille Rousseau', '{"about": {"version": 1}}', 1, now(), now(), now()
        from unnest(array['application_received', 'application_approved']) as kind
"#;

/// What is broken, each by a word of its name and what stands against it.
async fn broken(database: &TestDatabase, owner: &mut PgConnection) -> Vec<String> {
    let mut desk = database.desk.acquire().await.unwrap();
    let checked = check(&mut desk, Some(owner)).await.unwrap();
    assert!(checked.len() >= 11);
    assert!(checked.iter().all(|checked| !matches!(checked.outcome, Outcome::NotChecked(_))));
    let broken = checked.into_iter().filter_map(|checked| match checked.outcome {
        Outcome::Broken(against) => Some(format!("{}: {}", checked.invariant, against.join(", "))),
        _ => None,
    });
    broken.collect()
}

#[tokio::test]
async fn what_the_desk_writes_breaks_nothing() {
    let database = TestDatabase::new().await;
    let mut owner = database.owner().await;
    assert_eq!(broken(&database, &mut owner).await, [""; 0], "an empty desk");
    owner.execute(AN_APPROVED_DEMANDE).await.unwrap();
    assert_eq!(broken(&database, &mut owner).await, [""; 0], "a desk with a decision");
}

/// Through the acts people use: filed, sent back, approved, refused, begun, withdrawn.
#[tokio::test]
async fn what_people_do_breaks_nothing() {
    let site = TestSite::with(|config| config.demo = Switch::On).await;
    demo::seed(&site.state).await.unwrap();
    demo::add_dossiers(&site.state, 3).await.unwrap();
    let mut camille = site.visitor();
    assert_eq!(camille.post("/connexion", &[("email", "demandeur@demo.test"), ("password", DEMO_PASSWORD)]).await.status, 303);
    assert_eq!(camille.post("/demandes/2/retrait", &[]).await.status, 303);
    assert_eq!(broken(&site.database, &mut site.database.owner().await).await, [""; 0]);
    let letters = site.outbox().await;
    assert_eq!(letters.iter().filter(|letter| letter.state == LetterState::Held).count(), 6, "a measure writes to nobody");
    assert!(letters.len() > 6);
}

#[tokio::test]
async fn each_thing_done_behind_the_desk_s_back_is_found() {
    for (done, expected) in [
        (
            "update applications set state = 'refused'",
            "every demande stands where its last decision put it: D1 is refused, version 1 is approved",
        ),
        ("delete from decisions", "every demande stands where its last decision put it: D1 is approved, version 1 is not decided"),
        ("delete from application_versions", "every submitted version is kept: D1 is at version 1, 0 are kept"),
        (
            "delete from authorizations",
            "every approved version has one authorization, and no other has: D1 version 1 is approved without authorization",
        ),
        (
            "update decisions set outcome = 'refused', ground = 'incomplete', message = 'non'",
            "every approved version has one authorization, and no other has: H1 is not what an approval of D1 granted",
        ),
        (
            "delete from outbox where kind = 'application_approved'",
            "every receipt and every decision has its letter: D1 version 1: no letter application_approved",
        ),
        (
            "delete from journal where id = 4",
            "every change of state is told once in the journal: D1 authorization_granted 1: happened 1 times, told 0 times",
        ),
        ("delete from journal where id = 2", "every fact of the journal bears the seal of the one before: fact 3"),
        ("update journal set actor_name = 'Personne' where id = 3", "every fact of the journal bears the seal of the one before: fact 3"),
        (
            "update journal set at = now() + interval '1 day' where id = 1",
            "every fact of the journal bears the seal of the one before: fact 1",
        ),
        (
            "alter table decisions drop constraint decisions_one_per_version",
            "constraints, triggers, functions and columns are those of the migrations: constraint decisions.decisions_one_per_version is missing, index decisions.decisions_one_per_version is missing",
        ),
        (
            "alter table journal disable trigger journal_is_append_only",
            "constraints, triggers, functions and columns are those of the migrations: trigger journal.journal_is_append_only is not as written",
        ),
        (
            "insert into attachments (id, object_id, line_id, application_id, name, media_type, size, sha256, scan, added_at, added_by)
            values ('00000000-0000-0000-0000-00000000000a', gen_random_uuid(), gen_random_uuid(), 1, 'plan.pdf', 'application/pdf', 1,
                sha256(''), 'clean', now(), 1)",
            "every file that answers no field was sent with a message: D1: file 00000000-0000-0000-0000-00000000000a",
        ),
        ("alter table decisions disable trigger all", "constraint decisions.decisions_decided_by_fkey is not as written"),
        (
            "create or replace function is_email(value text) returns boolean language sql immutable return true",
            "function is_email(text) is not as written",
        ),
        ("alter table accounts alter email drop not null", "column accounts.email is not as written"),
        ("grant update on journal to habilitation_desk", "the desk may not rewrite the past: habilitation_desk may update on journal"),
    ] {
        let database = TestDatabase::new().await;
        let mut owner = database.owner().await;
        owner.execute(AN_APPROVED_DEMANDE).await.unwrap();
        // As only the owner can: with the database's own guards asleep for these rows.
        owner.execute("set session_replication_role = replica").await.unwrap();
        owner.execute(done).await.unwrap();
        owner.execute("reset session_replication_role").await.unwrap();
        let found = broken(&database, &mut owner).await;
        assert!(found.iter().any(|found| found.contains(expected)), "{done}: {found:#?}");
    }
}

#[tokio::test]
async fn the_look_of_the_night_finds_what_was_done_to_the_places_and_mends_nothing() {
    let site = TestSite::new().await;
    let owner = Owner::new(Some(site.database.owner_url.clone().into()), site.database.desk.clone());
    let broken = async |owner: &Owner| {
        let looked = look_at_invariants(&site.state, owner).await.unwrap();
        let against = |checked: Checked| match checked.outcome {
            Outcome::Broken(against) => against,
            Outcome::Holds | Outcome::NotChecked(_) => Vec::new(),
        };
        looked.into_iter().flat_map(against).collect::<Vec<_>>()
    };
    assert_eq!(broken(&owner).await, [""; 0]);
    let mut hand = site.database.owner().await;
    hand.execute("alter table standings drop constraint standings_legal_person_holds_one_place").await.unwrap();
    let missing = [
        "constraint standings.standings_legal_person_holds_one_place is missing",
        "index standings.standings_legal_person_holds_one_place is missing",
    ];
    assert_eq!(broken(&owner).await, missing);
    assert_eq!(broken(&owner).await, missing, "nothing was mended, nothing stays of the look");
    let as_the_desk = Owner::new(None, site.database.desk.clone());
    assert_eq!(broken(&as_the_desk).await, [""; 0], "without the owner's address, the log says that the law was not looked at");
}

#[tokio::test]
async fn a_transaction_somebody_forgot_is_found() {
    let database = TestDatabase::new().await;
    let (mut owner, mut forgetful) = (database.owner().await, database.owner().await);
    forgetful.execute("begin").await.unwrap();
    assert_eq!(broken(&database, &mut owner).await, [""; 0], "half a minute is not over");
}
