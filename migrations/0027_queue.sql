-- The queue of the team: read by everybody all day long, whatever the number of demandes decided in the years before.

-- what waits: the list as it opens, its counters, and what nobody has taken yet
create index applications_in_progress on applications (received_at, id) include (state, assigned_to, silence_decides_on)
    where received_at is not null and state in ('submitted', 'changes_requested');
create index applications_untaken on applications (received_at, id) where state = 'submitted' and assigned_to is null;
-- what each person answers or answered for
create index applications_by_owner on applications (assigned_to, received_at, id) where assigned_to is not null;
create index applications_by_kind on applications (kind, received_at, id) where received_at is not null;
-- few demandes have a sector, or ask the substantial level: a list narrowed to them is not searched for among all
create index application_versions_by_sector on application_versions ((content #>> '{case,contribution,sector}'))
    where content #>> '{case,contribution,sector}' is not null;
create index application_versions_by_level on application_versions ((content ->> 'assurance_level'));

-- A view of the queue somebody saved under a name, for themself.
create table queue_views (
    id bigint generated always as identity,
    account_id bigint not null,
    name text not null,
    -- the filters, as in the address of the list
    query text not null,
    created_at timestamptz not null,
    constraint queue_views_pkey primary key (id),
    constraint queue_views_account_fkey foreign key (account_id) references accounts (id),
    constraint queue_views_name_is_a_line check (is_line(name, 60) and name <> ''),
    -- one name, one view
    constraint queue_views_are_named_once unique (account_id, name),
    constraint queue_views_query_is_a_line check (is_line(query, 4000))
);

-- Who has a dossier before their eyes, and since when they were last seen there: told to colleagues for a few minutes, then nothing.
create table dossier_presences (
    application_id bigint not null,
    account_id bigint not null,
    seen_at timestamptz not null,
    -- the list they opened it from, as in its address: what comes next in it is offered again after each act on the dossier
    list text,
    constraint dossier_presences_list_is_a_line check (is_line(list, 4100)),
    constraint dossier_presences_pkey primary key (application_id, account_id),
    constraint dossier_presences_application_fkey foreign key (application_id) references applications (id),
    constraint dossier_presences_account_fkey foreign key (account_id) references accounts (id)
);
create index dossier_presences_by_account on dossier_presences (account_id);
