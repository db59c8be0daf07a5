-- The year of a participant in the experiment. A participation is not a row: it begins on the Paris day on which the FranceConnect team found the
-- journey of an approved candidature to conform, and its last day follows from the campaign. Only what no other fact tells is kept here.

-- The day access opened, when the team says that it is another one. The last row holds; nothing is rewritten.
create table access_openings (
    id bigint generated always as identity,
    application_id bigint not null,
    opened_on date not null,
    because text not null,
    said_by bigint not null,
    author_name text not null,
    said_at timestamptz not null,
    constraint access_openings_pkey primary key (id),
    constraint access_openings_application_fkey foreign key (application_id) references applications (id),
    constraint access_openings_said_by_fkey foreign key (said_by) references accounts (id),
    constraint access_openings_say_why check (is_line(because, 300) and because <> ''),
    constraint access_openings_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);
create index access_openings_by_application on access_openings (application_id, id);
create trigger access_openings_are_immutable before update or delete on access_openings for each row execute function refuse_rewriting();

-- How a participation ended: once.
create table participation_ends (
    application_id bigint not null,
    -- the last day on which it held
    ended_on date not null,
    cause text not null,
    written_at timestamptz not null,
    constraint participation_ends_pkey primary key (application_id),
    constraint participation_ends_application_fkey foreign key (application_id) references applications (id),
    -- its year or its campaign was over, or the right was revoked
    constraint participation_ends_cause_is_known check (cause in ('term', 'revocation')),
    -- nobody's year is cut short by a clock that runs ahead
    constraint participation_ends_are_past check (ended_on <= (written_at at time zone 'Europe/Paris')::date)
);
create trigger participation_ends_are_immutable before update or delete on participation_ends
    for each row execute function refuse_rewriting();

-- A participation is looked up by the checks of its journeys.
create index journey_checks_favourable on journey_checks (request_id) where favourable;

-- Every participation: an approved candidature whose access opened. `campaign_ends_on` and `participation_ends` say until when; the program counts.
create view participations as
select a.id as application_id, a.organisation_id, a.applicant_id, a.represented_by, h.id as authorization_id, h.version, h.state, h.state_changed_at,
    h.organisation ->> 'name' as holder, h.content #>> '{service,name}' as service, h.content #> '{case,baseline}' as baseline,
    conform.checked_on, coalesce(said.opened_on, conform.checked_on) as began_on,
    c.ends_on as campaign_ends_on, c.participation_ends, e.ended_on, e.cause
from applications a
join campaigns c on c.id = a.campaign_id
join lateral (
    select min((k.checked_at at time zone 'Europe/Paris')::date) as checked_on
    from authorizations g join go_live_requests r on r.authorization_id = g.id join journey_checks k on k.request_id = r.id
    where g.application_id = a.id and k.favourable
) conform on conform.checked_on is not null
join lateral (
    select id, version, state, state_changed_at, organisation, content from authorizations where application_id = a.id order by version desc limit 1
) h on true
left join lateral (
    select opened_on from access_openings where application_id = a.id order by id desc limit 1
) said on true
left join participation_ends e on e.application_id = a.id
where a.kind = 'experiment';
