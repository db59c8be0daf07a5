-- The register asked over the network: what it answered, how often it may be asked, who still waits for it.

-- A source asked over the network, as every process that shares this database finds it.
create table register_sources (
    source text not null,
    -- nobody asks before then: the source said so (429, Retry-After), or it failed several times in a row
    paused_until timestamptz,
    -- in a row; back to 0 at the first answer
    failures integer not null default 0,
    constraint register_sources_pkey primary key (source),
    constraint register_sources_are_known check (source in ('recherche_entreprises', 'insee')),
    constraint register_sources_failures_are_counted check (failures >= 0)
);
insert into register_sources (source) values ('recherche_entreprises'), ('insee');

-- The pace is a number of slots: each call holds one from before it leaves until a whole period after its answer, so that whatever the network
-- does, the source never receives more calls in a period than there are slots. « Recherche d'entreprises » accepts 7 calls a second, INSEE 30
-- a minute.
create table register_slots (
    source text not null,
    number integer not null,
    busy_until timestamptz not null default '-infinity',
    constraint register_slots_pkey primary key (source, number),
    constraint register_slots_source_fkey foreign key (source) references register_sources (source),
    constraint register_slots_are_the_pace check (number between 1 and case source when 'recherche_entreprises' then 7 else 30 end)
);
insert into register_slots (source, number)
    select 'recherche_entreprises', generate_series(1, 7) union all select 'insee', generate_series(1, 30);

-- What a source answered, as received but for the people it names beside the organisation. Never rewritten.
create table register_snapshots (
    id bigint generated always as identity,
    siret text not null,
    source text not null,
    observed_at timestamptz not null,
    -- of the HTTP answer
    status integer not null,
    answer jsonb not null,
    constraint register_snapshots_pkey primary key (id),
    constraint register_snapshots_source_fkey foreign key (source) references register_sources (source),
    constraint register_snapshots_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
    constraint register_snapshots_status_is_http check (status between 100 and 599),
    constraint register_snapshots_answer_is_named check (jsonb_typeof(answer) = 'object')
);
create index register_snapshots_latest on register_snapshots (siret, source, observed_at desc);
create trigger register_snapshots_are_append_only before update or delete on register_snapshots
    for each row execute function refuse_rewriting();
create trigger register_snapshots_are_never_emptied before truncate on register_snapshots
    for each statement execute function refuse_rewriting();

-- Numbers for which the register's word is awaited, or was last heard without a name to keep.
create table register_lookups (
    siret text not null,
    -- what the register last said: it holds the number, or does not; absent while it never answered
    answer text,
    answered_at timestamptz,
    -- the register was away then, and is asked again until it answers
    waits_since timestamptz,
    next_try_at timestamptz,
    tries integer not null default 0,
    -- a worker is asking until then; afterwards another may
    locked_until timestamptz,
    constraint register_lookups_pkey primary key (siret),
    constraint register_lookups_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
    constraint register_lookups_answer_is_known check (answer in ('known', 'unknown')),
    constraint register_lookups_answer_has_a_date check ((answer is null) = (answered_at is null)),
    constraint register_lookups_waiting_is_tried check ((waits_since is null) = (next_try_at is null)),
    constraint register_lookups_only_a_waiting_one_is_taken check (locked_until is null or next_try_at is not null),
    constraint register_lookups_say_something check (answer is not null or waits_since is not null),
    constraint register_lookups_tries_are_counted check (tries >= 0)
);
create index register_lookups_due on register_lookups (next_try_at, siret) where next_try_at is not null;

-- What was declared so far is looked up by the next worker, as if the register had been away.
insert into register_lookups (siret, waits_since, next_try_at)
    select siret, observed_at, observed_at from organisations where source = 'declared' and not partial_disclosure;
