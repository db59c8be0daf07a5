-- The legal clock: what stops it, what makes it go on, and what silence decided (CRPA L114-5, L231-1, L231-4, R112-11-4).

-- Items without which a demande cannot be decided, asked with the date before which they must arrive. They arrive with the next version.
create table missing_item_requests (
    application_id bigint not null,
    version integer not null,
    limit_on date not null,
    asked_by bigint not null,
    asked_at timestamptz not null,
    -- one request a version: it goes back to its applicant
    constraint missing_item_requests_pkey primary key (application_id, version),
    constraint missing_item_requests_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint missing_item_requests_asked_by_fkey foreign key (asked_by) references accounts (id),
    -- the time limit leaves time
    constraint missing_item_requests_limit_comes_later check (limit_on > (asked_at at time zone 'Europe/Paris')::date)
);
create trigger missing_item_requests_are_immutable before update or delete on missing_item_requests
    for each row execute function refuse_rewriting();

create table missing_items (
    application_id bigint not null,
    version integer not null,
    position integer not null,
    what text not null,
    -- the text in force that requires it: nothing else may be asked (CRPA L114-5)
    required_by text not null,
    constraint missing_items_pkey primary key (application_id, version, position),
    constraint missing_items_request_fkey foreign key (application_id, version) references missing_item_requests (application_id, version),
    constraint missing_items_are_lines check (is_line(what, 300) and what <> '' and is_line(required_by, 300) and required_by <> '')
);
create trigger missing_items_are_immutable before update or delete on missing_items
    for each row execute function refuse_rewriting();

-- A time limit that passed without an answer: where silence means rejection, the clock goes on from there.
create table missing_item_lapses (
    application_id bigint not null,
    version integer not null,
    lapsed_at timestamptz not null,
    constraint missing_item_lapses_pkey primary key (application_id, version),
    constraint missing_item_lapses_request_fkey foreign key (application_id, version)
        references missing_item_requests (application_id, version)
);
create trigger missing_item_lapses_are_immutable before update or delete on missing_item_lapses
    for each row execute function refuse_rewriting();

-- A decision nobody took: two months of silence did.
create table silence_decisions (
    application_id bigint not null,
    version integer not null,
    effect text not null,
    decided_on date not null,
    recorded_at timestamptz not null,
    -- silence decides once
    constraint silence_decisions_pkey primary key (application_id),
    constraint silence_decisions_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint silence_decisions_effect_is_known check (effect in ('acceptance', 'rejection')),
    -- never before its day
    constraint silence_decisions_wait_for_their_day check (decided_on <= (recorded_at at time zone 'Europe/Paris')::date)
);
create trigger silence_decisions_are_immutable before update or delete on silence_decisions
    for each row execute function refuse_rewriting();

create index applications_by_silence on applications (silence_decides_on) where silence_decides_on is not null;

-- Demandes received before the clock was kept: two calendar months after reception, no item having been asked.
update applications set silence_decides_on = ((received_at at time zone 'Europe/Paris')::date + interval '2 months')::date
where state in ('submitted', 'changes_requested') and exists (
    select from application_versions
    where application_id = applications.id and number = applications.version and silence_effect is not null);
