//! A year of a hundred participants with a moved clock: 1 200 reports and more, some late, a 29 February, both clock changes, the end, its certificates.

use std::collections::BTreeMap;

use habilitation::{
    accounts::{Applicant, find_person},
    assessment::{Key, Reader, Value, assess},
    attachments::Scan,
    authorizations::State,
    calendar,
    experimentation::Campaign,
    ids::{AccountId, ApplicationId},
    participation::{
        Figures, Month, Participation, Report, Sending, Tenths,
        destruction::{Certificate, Certifying, Fate, certify, find_certified},
        find_all, find_reports, send,
    },
    worker::run_participations,
};
use jiff::civil::{Date, date};
use sqlx::{AssertSqlSafe, Executor};
use time::macros;

use super::Scene;
use crate::{
    experimentation::crowd::against_places,
    support::{campaigns::FIRST, private},
};

const PARTICIPANTS: i64 = 100;
/// Access opens from that day on, for a few more of them each day.
const OPENING: Date = date(2027, 3, 1);

/// Ninety-nine more participants, written as the acts left Hélène's; their places are given by the functions of the line.
async fn ninety_nine_more(scene: &Scene) {
    let (model, right) = (scene.id.0, scene.right.0);
    let copies = format!(
        "set session_replication_role = replica;
        create temp table copied as select i, row_number() over () + (select max(id) from accounts) as person,
            row_number() over () + (select max(id) from organisations) as organisation, row_number() over () + (select max(id) from applications) as demande,
            row_number() over () + (select max(id) from decisions) as decision, row_number() over () + (select max(id) from authorizations) as granted,
            row_number() over () + (select max(id) from go_live_requests) as request
            from generate_series(2, {PARTICIPANTS}) as i;
        insert into accounts (id, email, given_name, family_name, created_at, confirmed_at) overriding system value
            select person, 'p' || i || '@asso.test', 'Personne', 'Numéro ' || i, now(), now() from copied;
        insert into organisations (id, siret, name, state, source, observed_at, created_at, legal_category) overriding system value
            select organisation, lpad((500000000 + i)::text, 9, '0') || '00014', 'Association ' || i, 'open', 'sample_register', now(), now(), '9220' from copied;
        insert into applications overriding system value
            select (jsonb_populate_record(model, jsonb_build_object('id', demande, 'organisation_id', organisation, 'applicant_id', person,
                'state', 'submitted', 'start_key', gen_random_uuid(), 'arrival_rank', i))).* from copied, applications model where model.id = {model};
        insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at,
                submitted_by, findings, explanation, silence_effect)
            select demande, number, organisation_of.said, content, terms_accepted, dpo_informed, alternative_login, submitted_at, person, findings,
                explanation, silence_effect
            from copied, application_versions model, lateral (
                select model.organisation || jsonb_build_object('name', 'Association ' || i) as said) as organisation_of
            where model.application_id = {model};
        insert into decisions overriding system value
            select (jsonb_populate_record(model, jsonb_build_object('id', decision, 'application_id', demande))).*
            from copied, decisions model where model.application_id = {model};
        insert into authorizations (id, application_id, version, decision_id, organisation_id, organisation, content, granted_at) overriding system value
            select granted, demande, version, decision, copied.organisation, model.organisation || jsonb_build_object('name', 'Association ' || i), content,
                granted_at
            from copied, authorizations model where model.id = {right};
        insert into go_live_requests overriding system value
            select (jsonb_populate_record(model, jsonb_build_object('id', request, 'authorization_id', granted, 'asked_by', person))).*
            from copied, go_live_requests model where model.authorization_id = {right};
        insert into journey_checks
            select (jsonb_populate_record(model, jsonb_build_object('request_id', request))).* from copied, journey_checks model;
        insert into access_openings (application_id, opened_on, because, said_by, author_name, said_at)
            select demande, date '{OPENING}' + (i % 28)::integer, 'Ouverture échelonnée', person, 'Nadia Ferrand', now() from copied;
        update campaigns set last_arrival = {PARTICIPANTS};
        set session_replication_role = origin;
        select enter_line(demande, (array['sante','education','loisirs','transport','certification','location'])[1 + i % 6], false, now(), '2026-12-03')
            from copied order by i;
        select grant_place(demande, now(), '2026-12-03') from copied order by i;
        update applications set state = 'approved' where id in (select demande from copied)"
    );
    let mut owner = scene.site.database.owner().await;
    owner.execute(AssertSqlSafe(copies)).await.unwrap();
}

async fn everybody(scene: &Scene) -> Vec<Participation> {
    find_all(&mut scene.site.state.db.acquire().await.unwrap()).await.unwrap()
}

/// The day on which a participant sends the report of a month: most on the third, one in ten five days late, one in twenty-five never in August.
fn sent_on(participant: i64, month: Month) -> Option<Date> {
    let due = month.due_on();
    match (participant % 10, participant % 25) {
        (_, 7) if month.first_day().month() == 8 => None,
        (3, _) => Some(calendar::days_after(due, 5)),
        _ => Some(calendar::days_after(due, -7)),
    }
}

/// What was sent in all, added as it is sent.
#[derive(Debug, Default)]
struct Sent {
    reports: u64,
    late: u64,
    /// Of months that lie wholly in a participation.
    whole: u64,
    through_fc: u64,
    connections: u64,
    /// Connections of the whole months alone.
    connections_of_whole: u64,
}

impl Sent {
    fn add(&mut self, participation: &Participation, month: Month, on: Date, figures: Figures) {
        let is_whole = participation.began_on <= month.first_day() && month.last_day() <= participation.last_day();
        self.reports += 1;
        self.late += u64::from(on > month.due_on());
        self.through_fc += figures.connections_through_fc;
        self.connections += figures.connections;
        if is_whole {
            self.whole += 1;
            self.connections_of_whole += figures.connections;
        }
    }
}

async fn sends(scene: &Scene, participation: &Participation, month: Month) -> Figures {
    let n = participation.application.0.unsigned_abs();
    let connections = 1_000 + 37 * n;
    let figures = Figures { connections_through_fc: connections / 4, connections, accounts_through_fc: 40, accounts: 120 };
    let report =
        Report { figures, growth: Tenths(15), method: "Comparaison avec l’an dernier.".into(), words: "Aucun retour ce mois-ci.".into() };
    let sending = Sending { number: 1, report, confirmed: String::new(), because: String::new(), is_imported: false };
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    let by = Applicant::new(find_person(&mut transaction, AccountId(participation.applicant.0)).await.unwrap().unwrap());
    send(&mut transaction, &by, participation.application, month, &sending, scene.site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    figures
}

/// Whether a participant certifies the end: two of three do, ten days after it.
fn certifies(participation: &Participation) -> bool {
    participation.application.0 % 3 != 0
}

async fn signs_the_end(scene: &Scene, participation: &Participation) {
    let on = participation.last_day();
    let certificate = Certificate {
        removed_on: on,
        fate: Fate::Destroyed { on: calendar::days_after(on, 5) },
        method: "Le bouton est retiré, les comptes sont effacés.".into(),
        signatory: "Hélène Marchand".into(),
        quality: "Présidente".into(),
    };
    let certifying =
        Certifying { number: 1, certificate, confirmed: String::new(), because: String::new(), files: Vec::new(), scan: Scan::NotScanned };
    let mut transaction = scene.site.state.db.begin().await.unwrap();
    let by = Applicant::new(find_person(&mut transaction, AccountId(participation.applicant.0)).await.unwrap().unwrap());
    certify(&mut transaction, &by, participation.application, certifying, scene.site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

/// How many letters of each kind about participations were written.
async fn letters(scene: &Scene) -> BTreeMap<String, i64> {
    let kinds = "select kind, count(*) from outbox where kind similar to '(participation|report|certificate)%' group by kind";
    let counted: Vec<(String, i64)> = sqlx::query_as(kinds).fetch_all(&scene.site.state.db).await.unwrap();
    counted.into_iter().collect()
}

#[tokio::test]
async fn a_hundred_participants_live_their_year_and_each_thing_is_told_once() {
    let scene = Scene::in_campaign(Campaign { capacity: 100, ends_on: macros::date!(2028 - 12 - 31), ..private::campaign() }).await;
    ninety_nine_more(&scene).await;
    let all = everybody(&scene).await;
    assert_eq!(i64::try_from(all.len()).unwrap(), PARTICIPANTS);
    assert_eq!(against_places(&scene.site.database).await, [""; 0], "a hundred places, held and granted as the facts say");
    let (mut day, last) = (date(2026, 12, 4), date(2028, 5, 20));
    let mut sent = Sent::default();
    while day <= last {
        scene.on(day);
        for participation in &all {
            let before = Month::of(day).previous();
            for month in [before, before.previous()] {
                let is_his = participation.months().any(|his| his == month) && day > participation.last_day().min(month.last_day());
                if is_his && sent_on(participation.application.0, month) == Some(day) {
                    let figures = sends(&scene, participation, month).await;
                    sent.add(participation, month, day, figures);
                }
            }
        }
        for participation in all.iter().filter(|participation| certifies(participation)) {
            if day == calendar::days_after(participation.last_day(), 10) {
                signs_the_end(&scene, participation).await;
            }
        }
        assert_eq!(run_participations(&scene.site.state).await.unwrap(), 0, "{day}");
        day = calendar::days_after(day, 1);
    }
    let over = everybody(&scene).await;
    assert!(over.iter().all(|participation| participation.ended.is_some() && participation.state == State::Expired));
    let mut found = 0;
    for participation in &over {
        found += find_reports(&mut scene.site.state.db.acquire().await.unwrap(), ApplicationId(participation.application.0))
            .await
            .unwrap()
            .len();
    }
    assert_eq!(u64::try_from(found).unwrap(), sent.reports);
    assert!(sent.reports >= 1_200, "{sent:?}");
    let counted = letters(&scene).await;
    let count = |kind: &str| counted.get(kind).copied().unwrap_or_default();
    assert_eq!((count("participation_ends_soon"), count("participation_ended")), (4 * PARTICIPANTS, PARTICIPANTS));
    let (awaited, late) = expected(&all);
    assert_eq!((count("report_awaited"), count("report_late")), (awaited, late));
    let silent = i64::try_from(all.iter().filter(|participation| !certifies(participation)).count()).unwrap();
    assert_eq!((count("certificate_awaited"), count("certificate_late")), (silent, 3 * silent));
    let certified = find_certified(&mut scene.site.state.db.acquire().await.unwrap()).await.unwrap();
    assert_eq!(i64::try_from(certified.len()).unwrap(), PARTICIPANTS - silent);
    let held = "select count(*) from standings where place_number is not null";
    assert_eq!(sqlx::query_scalar::<_, i64>(held).fetch_one(&scene.site.state.db).await.unwrap(), 0, "every place came back");
    assert_eq!(against_places(&scene.site.database).await, [""; 0]);
    println!("{sent:?}, letters: {counted:?}");
    everything_is_in_the_assessment(&scene, &all, &sent).await;
    scene.site.letters().await;
}

/// What everybody reads of the year, beside what was sent as it was added day after day.
async fn everything_is_in_the_assessment(scene: &Scene, all: &[Participation], sent: &Sent) {
    let content =
        assess(&mut scene.site.state.db.acquire().await.unwrap(), FIRST, Reader::Public, scene.site.state.clock.now()).await.unwrap();
    let by_sector = |key: Key| content.figure(key).unwrap().tables.last().unwrap();
    // Nobody is alone in a sector; in the months before the others' openings Hélène is, and nobody reads what she counted.
    assert!(by_sector(Key::Connections).rows.iter().flat_map(|row| &row.values).all(|value| *value != Value::Hidden));
    let first = &content.figure(Key::Connections).unwrap().tables[0].rows[0];
    assert_eq!((first.values[0], first.values[1]), (Value::Count(1), Value::Hidden), "{}", first.name);
    let whole = |key: Key| {
        let values = &by_sector(key).rows.last().unwrap().values;
        assert_eq!(values[0], Value::Count(100), "{key}");
        values[1..].to_vec()
    };
    let tenths = |of: u64, in_all: u64| i32::try_from((of * 2_000 + in_all) / (in_all * 2)).unwrap();
    let share = |of: u64, in_all: u64| Value::Share(Tenths(tenths(of, in_all)));
    let counts = |counts: &[u64]| counts.iter().map(|count| Value::Count(*count)).collect::<Vec<_>>();
    assert_eq!(whole(Key::Participants), counts(&[0, 100, 0]), "all of them reached their term");
    assert_eq!(
        whole(Key::Connections),
        [counts(&[sent.through_fc, sent.connections]), vec![share(sent.through_fc, sent.connections)]].concat()
    );
    let accounts = [40 * sent.reports, 120 * sent.reports];
    assert_eq!(whole(Key::Accounts), [counts(&accounts), vec![Value::Share(Tenths(333))]].concat());
    let due: usize = all.iter().map(|participation| participation.months().count()).sum();
    let due = u64::try_from(due).unwrap();
    let received = vec![share(sent.reports, due)];
    assert_eq!(whole(Key::Reports), [counts(&[due, sent.reports - sent.late, sent.late, due - sent.reports]), received].concat());
    // Each declared 4 200 connections and 310 accounts a month before FranceConnect.
    let growth = |before: u64, after: u64| Value::Growth(Tenths(tenths(after, before) - 1_000));
    let beside = [growth(4_200 * sent.whole, sent.connections_of_whole), growth(310 * sent.whole, 120 * sent.whole)];
    assert_eq!(whole(Key::Growth), [counts(&[sent.whole]), beside.to_vec()].concat());
    assert_eq!(whole(Key::DeclaredGrowth), [Value::Count(sent.whole), Value::Growth(Tenths(15))]);
    assert_eq!(content.figure(Key::DropOuts).unwrap().tables[0].rows[0].values, [Value::Count(100)]);
    assert_eq!(content.figure(Key::DropOuts).unwrap().headlines[0].value, Value::Count(0));
}

/// The reminders the rule gives, counted another way: five days before the tenth for what has not come by then; one, seven and fifteen days after.
fn expected(all: &[Participation]) -> (i64, i64) {
    let (mut awaited, mut late) = (0, 0);
    for participation in all {
        for month in participation.months() {
            // The month of the end is reported on as the others are, once the participation is over.
            match sent_on(participation.application.0, month) {
                None => (awaited, late) = (awaited + 1, late + 3),
                Some(day) if day > month.due_on() => (awaited, late) = (awaited + 1, late + 1),
                Some(_) => {}
            }
        }
    }
    (awaited, late)
}
