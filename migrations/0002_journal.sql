-- The journal: who did what, when. Written in the transaction of the act, never changed, each row sealed by the one before.

create table journal (
    id bigint not null,
    at timestamptz not null,
    -- a person, an operator at the command line, or a timer of the program
    actor_kind text not null,
    actor_account_id bigint,
    actor_name text not null,
    event text not null,
    application_id bigint,
    organisation_id bigint,
    account_id bigint,
    details jsonb not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint journal_pkey primary key (id),
    constraint journal_id_starts_at_one check (id >= 1),
    constraint journal_actor_kind_is_known check (actor_kind in ('person', 'operator', 'timer')),
    constraint journal_person_has_an_account check ((actor_kind = 'person') = (actor_account_id is not null)),
    constraint journal_actor_name_is_a_line check (is_line(actor_name, 200) and actor_name <> ''),
    constraint journal_event_is_a_name check (event ~ '^[a-z_]{3,60}$'),
    constraint journal_hash_is_sha256 check (octet_length(hash) = 32)
);

create index journal_by_application on journal (application_id, id) where application_id is not null;
create index journal_by_organisation on journal (organisation_id, id) where organisation_id is not null;
create index journal_by_account on journal (account_id, id) where account_id is not null;

-- What a row's seal covers: everything it says and the seal of the row before.
create function journal_seal(entry journal) returns bytea
    language sql stable parallel safe
    return sha256(entry.previous_hash || convert_to(jsonb_build_array(
        entry.id, extract(epoch from entry.at)::text, entry.actor_kind, entry.actor_account_id, entry.actor_name,
        entry.event, entry.application_id, entry.organisation_id, entry.account_id, entry.details
    )::text, 'utf8'));

-- The lock is held to the end of the transaction: numbers have no hole and their order is the order of commit.
create function journal_append() returns trigger
    language plpgsql as $$
declare
    last_id bigint;
    last_hash bytea;
begin
    perform pg_advisory_xact_lock(hashtext('journal'));
    select id, hash into last_id, last_hash from journal order by id desc limit 1;
    new.id := coalesce(last_id, 0) + 1;
    new.previous_hash := coalesce(last_hash, ''::bytea);
    new.hash := journal_seal(new);
    return new;
end
$$;

create trigger journal_append before insert on journal
    for each row execute function journal_append();
create trigger journal_is_append_only before update or delete on journal
    for each row execute function refuse_rewriting();
create trigger journal_is_never_emptied before truncate on journal
    for each statement execute function refuse_rewriting();
