-- A campaign with as many complete candidatures as asked for its hundred places, come over the month since it opened: more at first, of the six
-- sectors unevenly, of every size and region. Each takes its turn through the door of the desk (enter_line), which seats whoever may be;
-- sixty of those seated are then granted, with their decisions and their rights.
-- Run by the owner on a migrated desk that holds the demonstration:  psql -v count=5000 -f generate.sql
-- Triggers of rows are off but on the line; constraints and keys are not. Neither journal nor letters tell of what is made here: what
-- `check-invariants` says of those two is not for this database.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set synchronous_commit = off;

create temp table model as
select demande.campaign_id as campaign, demande.applicant_id, demande.assurance_level, version.content, version.findings, version.silence_effect,
    version.organisation, organisation.facts, (select min(account_id) from account_roles where role = 'signatory') as signatory,
    (select opens_on from campaigns where id = demande.campaign_id) as opened_on,
    (select id from accounts where email = 'entreprise@demo.test') as company
from applications demande join application_versions version on (version.application_id, version.number) = (demande.id, demande.version)
    join organisations organisation on organisation.id = demande.organisation_id
where demande.kind = 'experiment' and demande.arrival_rank is not null and organisation.facts is not null order by demande.id limit 1;

create temp table plan as
select n, coalesce((select max(id) from organisations), 0) + n as organisation, coalesce((select max(id) from accounts), 0) + n as account,
    coalesce((select max(id) from applications), 0) + n as application, lpad((400000000 + n * 9)::text, 9, '0') as siren,
    (array['sante', 'sante', 'sante', 'sante', 'sante', 'education', 'education', 'education', 'loisirs', 'loisirs', 'loisirs', 'transport', 'transport',
        'transport', 'certification', 'location', 'location'])[1 + (hashint8(n) & 1023) % 17] as sector,
    (array['', '', 'NN', 'NN', 'NN', '00', '01', '01', '02', '03', '11', '11', '12', '21', '22', '31', '32', '41', '42', '51'])[1 + (hashint8(n + 7) & 1023) % 20] as band,
    (array['75107', '75115', '92023', '69123', '13055', '49007', '35238', '59350', '67482', '33063', '31555', '44109', '76540', '21231', '45234', '2A004',
        '97411', '97105', '97209', '97302', '97611', '98818'])[1 + (hashint8(n + 13) & 1023) % 22] as commune,
    -- half of them in the first week
    (opened_on + time '09:00') at time zone 'Europe/Paris' + interval '29 days' * power(n::double precision / :count, 2) as arrived
from generate_series(1, :count) as n, model;

alter table organisations disable trigger user;
alter table accounts disable trigger user;
alter table applications disable trigger user;
alter table application_versions disable trigger user;
alter table decisions disable trigger user;
alter table authorizations disable trigger user;

insert into organisations (id, siret, name, legal_category, postal_code, town, state, source, observed_at, created_at, facts) overriding system value
select plan.organisation, siren || '00017', case when n % 4 = 0 then 'ASSOCIATION ' else 'SOCIETE ' end || upper(sector) || ' ' || n,
    case when n % 4 = 0 then '9220' else '5710' end, '', '', 'open', 'sample_register', arrived, arrived,
    facts || jsonb_build_object('siret', siren || '00017', 'headcount_band', band, 'location', jsonb_build_object('france', jsonb_build_object('commune', commune)),
        'legal_category', case when n % 4 = 0 then '9220' else '5710' end, 'postal_code', '', 'town', '')
from plan, model;

insert into accounts (id, email, given_name, family_name, created_at, confirmed_at) overriding system value
select account, 'candidat' || n || '@panel.test', 'Camille', 'Rousseau', arrived, arrived from plan;

-- One candidature after the other, as they came: its rank, its row, its turn.
create procedure pg_temp.arrive(upto bigint) language plpgsql as $$
declare
    coming record;
    rank integer;
begin
    for coming in select * from plan, model where n <= upto order by n loop
        update campaigns set last_arrival = last_arrival + 1 where id = coming.campaign returning last_arrival into rank;
        insert into applications (id, kind, campaign_id, arrival_rank, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at,
            received_at, version, assurance_level, silence_decides_on)
        overriding system value
        values (coming.application, 'experiment', coming.campaign, rank, coming.organisation,
            case when coming.n = upto / 2 then coming.company else coming.account end, 'submitted', 'Espace ' || coming.sector || ' ' || coming.n,
            gen_random_uuid(), coming.arrived, coming.arrived, coming.arrived, 1, coming.assurance_level,
            ((coming.arrived at time zone 'Europe/Paris')::date + interval '2 months')::date);
        insert into application_versions (application_id, number, organisation, content, terms_accepted, dpo_informed, alternative_login, submitted_at,
            submitted_by, findings, silence_effect)
        select coming.application, 1,
            coming.model_organisation || jsonb_build_object('id', known.id, 'siret', known.siret, 'name', known.name, 'facts', known.facts),
            jsonb_set(jsonb_set(coming.content, '{service,name}', to_jsonb('Espace ' || coming.sector || ' ' || coming.n)),
                '{case,contribution}', coming.content #> '{case,contribution}' || jsonb_build_object('sector', coming.sector,
                    'certificates', case when coming.sector = 'certification' then '["RNCP37123"]'::jsonb else '[]' end)),
            true, true, true, coming.arrived, coming.account, coming.findings, coming.silence_effect
        from organisations known where known.id = coming.organisation;
        perform enter_line(coming.application, coming.sector, false, coming.arrived, (coming.arrived at time zone 'Europe/Paris')::date);
        if coming.n % 50 = 0 then commit; end if;
    end loop;
end
$$;
alter table model rename column organisation to model_organisation;
call pg_temp.arrive(:count);

select setval(pg_get_serial_sequence(relname, 'id'), top) from (
    select 'organisations' as relname, max(id) as top from organisations
    union all select 'accounts', max(id) from accounts
    union all select 'applications', max(id) from applications) as tops \g /dev/null

create temp table approved as
select stands.application_id as id, stands.since + interval '20 days' as decided_at from standings stands join model on model.campaign = stands.campaign_id
    join plan on plan.application = stands.application_id where stands.standing = 'reserved' order by stands.turn limit 60;
select id, granted.seated from approved left join lateral grant_place(id, decided_at, decided_at::date) as granted on true \g /dev/null
begin;
update applications set state = 'approved', silence_decides_on = null where id in (select id from approved);
insert into decisions (application_id, version, outcome, message, decided_by, author_name, author_quality, author_service, decided_at)
select id, 1, 'approved', '', signatory, 'Anne Lefort', 'Directrice', 'DINUM', decided_at from approved, model;
insert into authorizations (application_id, version, decision_id, organisation_id, organisation, content, granted_at)
select decision.application_id, 1, decision.id, demande.organisation_id, version.organisation, version.content, decision.decided_at
from decisions decision join applications demande on demande.id = decision.application_id
    join application_versions version on (version.application_id, version.number) = (decision.application_id, 1)
where decision.application_id in (select id from approved);
commit;

-- The register counted, as an import leaves it: every size in every region, unevenly.
insert into stock_spread (stock_date, size, region, units)
select current_date, size, region, 1000 + (hashtext(size || region)::bigint & 65535)
from unnest(array['under_ten', 'tens', 'under_two_hundred_fifty', 'larger', 'unknown']) as size,
    unnest(array['Auvergne-Rhône-Alpes', 'Bourgogne-Franche-Comté', 'Bretagne', 'Centre-Val de Loire', 'Collectivités d’outre-mer', 'Corse', 'Grand Est',
        'Guadeloupe', 'Guyane', 'Hauts-de-France', 'La Réunion', 'Martinique', 'Mayotte', 'Normandie', 'Nouvelle-Aquitaine', 'Occitanie',
        'Pays de la Loire', 'Provence-Alpes-Côte d’Azur', 'Île-de-France', '']) as region
on conflict do nothing;

alter table organisations enable trigger user;
alter table accounts enable trigger user;
alter table applications enable trigger user;
alter table application_versions enable trigger user;
alter table decisions enable trigger user;
alter table authorizations enable trigger user;
