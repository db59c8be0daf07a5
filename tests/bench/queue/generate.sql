-- As many demandes as asked, as the desk would hold them after years: most decided, some hundreds in progress received in the
-- last three months (what a team has before it does not follow what it decided in eight years), one in four asked for changes once, three in a
-- hundred of substantial level, two thirds held by somebody of the team, opinions awaited and decisions prepared.
-- Run by the owner on a migrated desk that holds the demonstration:  psql -v count=100000 -f generate.sql
-- Triggers of rows are off (they would count every fact one by one); constraints and keys are not. Documents of search are left to whoever
-- runs this: write_application_document, as their trigger does. Facts bear no true seal: `journal verify` is not for this database.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set synchronous_commit = off;
set work_mem = '256MB';
set maintenance_work_mem = '1GB';
begin;

-- Words of names: low ones are frequent, as words are.
create function pg_temp.word(rank bigint) returns text language sql immutable as $$
    select string_agg(('{ba,che,dor,fon,gar,li,man,no,pra,que,ri,sol,tan,ver,vi,le,mon,te,ro,sa,bel,cla,mi,eau}'::text[])
        [1 + (rank + 600) / (24 ^ place)::bigint % 24], '') from generate_series(0, 2 + (rank > 20000)::integer) as place
$$;
-- A town has a name of its own, as towns do.
create function pg_temp.town(number bigint) returns text language sql immutable as $$ select pg_temp.word(20001 + number * 7919 % 300000) $$;
create function pg_temp.rare(number bigint, salt bigint, most bigint) returns bigint language sql immutable as $$
    select (hashint8(number * 31 + salt)::bigint & 65535) * (hashint8(number * 17 + salt + 7)::bigint & 65535) * most / 4294967296
$$;

create temp table plan on commit drop as
select n, n > :count - waiting as in_progress, 1 + n % greatest(:count / 6, 20) as organisation, 1 + n % greatest(:count / 4, 20) as person,
    1 + (n % 4 = 0)::integer as versions,
    (array['Portail familles', 'Paiement de la cantine', 'Guichet des démarches', 'Espace citoyen', 'Demande d’acte d’état civil', 'Médiathèque en ligne',
        'Inscription périscolaire', 'Urbanisme et permis de construire'])[1 + n % 8] || ' ' || initcap(pg_temp.word(pg_temp.rare(n, 1, 30000))) as service,
    case when n > :count - waiting then now() - (:count - n + 1) * (interval '90 days' / waiting)
        else timestamptz '2019-01-07 09:00+01' + n * ((now() - interval '90 days' - timestamptz '2019-01-07 09:00+01') / :count) end as received,
    (select array_agg(account_id order by account_id) from account_roles where role = 'reviewer') as team
from generate_series(1, :count) as n, (select least(:count / 2, 500) as waiting) as waits;

-- Two thousand passages of thirty words, of which each description joins two.
create temp table said on commit drop as
select passage, (select string_agg(pg_temp.word(pg_temp.rare(passage * 100 + place, 8, 8000)), ' ') from generate_series(1, 30) as place) as words
from generate_series(0, 1999) as passage;

create temp table bases as select coalesce((select max(id) from organisations), 0) as organisation, coalesce((select max(id) from accounts), 0) as person,
    coalesce((select max(id) from applications), 0) as application, coalesce((select max(id) from decisions), 0) as decision,
    coalesce((select max(id) from journal), 0) as fact, (select min(account_id) from account_roles where role = 'reviewer') as reviewer;

alter table organisations disable trigger user;
alter table accounts disable trigger user;
alter table applications disable trigger user;
alter table application_versions disable trigger user;
alter table decisions disable trigger user;
alter table authorizations disable trigger user;
alter table messages disable trigger user;
alter table journal disable trigger user;

insert into organisations (id, siret, name, legal_category, town, postal_code, state, source, observed_at, created_at) overriding system value
select bases.organisation + n, lpad((300000000 + n * 7)::text, 9, '0') || '00014', upper('Commune de ' || pg_temp.town(n)), '7210',
    upper(pg_temp.town(n)), '92140', 'open', 'sample_register', now(), now()
from bases, generate_series(1, greatest(:count / 6, 20)) as n;

insert into accounts (id, email, given_name, family_name, created_at, confirmed_at) overriding system value
select bases.person + n, 'agent' || n || '@' || pg_temp.word(pg_temp.rare(n, 3, 30000)) || '.test', initcap(pg_temp.word(n % 400)),
    initcap(pg_temp.word(pg_temp.rare(n, 4, 60000))), now(), now()
from bases, generate_series(1, greatest(:count / 4, 20)) as n;

insert into applications (id, kind, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at, received_at, version, assurance_level,
    assigned_to, assigned_at)
    overriding system value
select bases.application + n, 'administration', bases.organisation + plan.organisation, bases.person + plan.person,
    case when in_progress then (array['submitted', 'submitted', 'changes_requested'])[1 + n % 3]
        else (array['approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'approved', 'refused', 'refused', 'withdrawn'])[1 + n % 10] end,
    service, gen_random_uuid(), received - interval '3 days', received + interval '20 days', received, versions,
    case when n % 33 = 0 then 'eidas_2' else (select content ->> 'assurance_level' from application_versions where kind = 'administration' order by application_id limit 1) end,
    case when n % 3 > 0 or not in_progress then team[1 + n % cardinality(team)] end, case when n % 3 > 0 or not in_progress then received end
from plan, bases order by n;

insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at,
    submitted_by, findings)
select bases.application + n, number, jsonb_build_object('id', o.id, 'siret', o.siret, 'name', o.name, 'legal_category', o.legal_category,
        'activity_code', '84.11Z', 'street', '1 place de la Mairie', 'postal_code', o.postal_code, 'town', o.town, 'state', 'open',
        'partial_disclosure', false, 'source', 'sample_register', 'observed_at', (select first.organisation -> 'observed_at' from application_versions first limit 1)) ,
    jsonb_set(jsonb_set(jsonb_set(jsonb_set(jsonb_set(
        case when n % 33 = 0 then model.content || '{"assurance_level": "eidas_2", "assurance_reason": "Le service montre des données de santé."}'
            else model.content end, '{service,name}', to_jsonb(service)),
        '{service,description}', to_jsonb(one.words || ' ' || other.words || ' Les usagers retrouvent leurs démarches, les agents instruisent les demandes et répondent en ligne.')),
        '{service,url}', to_jsonb('https://www.' || lower(replace(o.town, ' ', '-')) || '.test/demarches')),
        '{contacts,data_protection_officer,email}', to_jsonb('dpo' || n || '@' || pg_temp.word(pg_temp.rare(n, 5, 30000)) || '.test')),
        '{contacts,technical_contact,family_name}', to_jsonb(initcap(pg_temp.word(pg_temp.rare(n, 6, 60000))))),
    true, true, true, received + (number - 1) * interval '9 days', bases.person + plan.person, model.findings
from plan cross join bases join organisations o on o.id = bases.organisation + plan.organisation
    cross join lateral generate_series(1, versions) as number
    join said one on one.passage = (n * 7 + number) % 2000 join said other on other.passage = (n * 13 + number) % 1999
    cross join (select content, findings from application_versions where kind = 'administration' order by application_id limit 1) as model
order by n;

insert into decisions (id, application_id, version, outcome, ground, message, decided_by, author_name, author_quality, author_service, decided_at)
    overriding system value
select bases.decision + row_number() over (order by n, number), bases.application + n, number,
    case when number < versions or state = 'changes_requested' then 'changes_requested' else state end,
    case when number = versions and state = 'refused' then 'data_not_proportionate' end,
    'Précisez la finalité de chaque donnée demandée et la durée pendant laquelle elle est conservée.', bases.reviewer, 'Inès Garnier',
    'Chargée d’instruction', 'DINUM, équipe FranceConnect', received + number * interval '7 days'
from plan cross join bases join applications a on a.id = bases.application + n cross join lateral generate_series(1, versions) as number
where number < versions or state in ('approved', 'refused', 'changes_requested');

insert into opinion_requests (application_id, version, service, question, asked_by, asked_at)
select a.id, a.version, 'legal', 'Le texte cité suffit-il ?', bases.reviewer, a.received_at + interval '1 day'
from applications a, bases where a.id > bases.application and a.state = 'submitted' and a.id % 15 = 0;
insert into prepared_decisions (application_id, version, outcome, message, prepared_by, prepared_at)
select a.id, a.version, 'approved', '', bases.reviewer, a.received_at + interval '2 days'
from applications a, bases where a.id > bases.application and a.state = 'submitted' and a.id % 15 = 1;

insert into authorizations (application_id, version, decision_id, organisation_id, organisation, content, granted_at)
select d.application_id, d.version, d.id, a.organisation_id, v.organisation, v.content, d.decided_at
from decisions d join applications a on a.id = d.application_id join application_versions v on v.application_id = d.application_id and v.number = d.version
cross join bases where d.outcome = 'approved' and d.id > bases.decision order by d.id;

insert into messages (application_id, side, author_id, body, post_key, posted_at)
select bases.application + n, side, case side when 'team' then bases.reviewer else bases.person + plan.person end,
    'Bonjour, pouvez-vous nous dire quand le service ouvrira, et qui répondra aux usagers ? Merci d’avance.', gen_random_uuid(), received + interval '2 days'
from plan cross join bases cross join unnest(array['team', 'applicant']) as side where n % 2 = 0;

insert into journal (id, at, actor_kind, actor_account_id, actor_name, event, application_id, organisation_id, details, previous_hash, hash)
select bases.fact + row_number() over (order by n, step), received + step * interval '1 day', 'person',
    case when step = 3 then bases.reviewer else bases.person + plan.person end, 'Camille Rousseau',
    (array['application_started', 'application_submitted', 'message_posted'])[step], bases.application + n, bases.organisation + plan.organisation,
    case step when 2 then '{"version": 1}' else '{}' end::jsonb, decode(md5(n::text) || md5('a' || n), 'hex'), decode(md5('b' || n) || md5('c' || n), 'hex')
from plan cross join bases cross join generate_series(1, 3) as step;

-- Keys that wait for the end of the transaction are looked at before the tables change.
set constraints all immediate;
alter table organisations enable trigger user;
alter table accounts enable trigger user;
alter table applications enable trigger user;
alter table application_versions enable trigger user;
alter table decisions enable trigger user;
alter table authorizations enable trigger user;
alter table messages enable trigger user;
alter table journal enable trigger user;
select setval(pg_get_serial_sequence(relname, 'id'), top) from (
    select 'organisations' as relname, max(id) as top from organisations
    union all select 'accounts', max(id) from accounts
    union all select 'applications', max(id) from applications
    union all select 'decisions', max(id) from decisions) as tops \g /dev/null
commit;
