-- The team: a sixth role, an administrator always among its people, what each wants to be written, and
-- the demandes they prepare for somebody.

alter table account_roles
    drop constraint account_roles_role_is_known,
    add constraint account_roles_role_is_known check (
        role in ('observer', 'reviewer', 'jurist', 'signatory', 'programme_manager', 'admin'));

-- Somebody can always give roles: the last administrator who can sign in keeps the role and an open account. Two who would take each other's
-- role wait for one another, by the lock of the journal, which both acts take anyway: the second finds nobody else.
create function an_administrator_stays() returns trigger
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('journal'));
    if not exists (
        select from account_roles join accounts on accounts.id = account_roles.account_id
        where role = 'admin' and confirmed_at is not null and closed_at is null and disabled_at is null) then
        raise exception 'the last administrator stays'
            using errcode = 'check_violation', constraint = 'accounts_an_administrator_stays';
    end if;
    return null;
end
$$;
create trigger account_roles_an_administrator_stays after delete on account_roles
    for each row when (old.role = 'admin') execute function an_administrator_stays();

create function an_administrator_stays_with_an_account() returns trigger
    language plpgsql as $$
begin
    if exists (select from account_roles where account_id = new.id and role = 'admin') then
        perform pg_advisory_xact_lock(hashtext('journal'));
        if not exists (
            select from account_roles join accounts on accounts.id = account_roles.account_id
            where role = 'admin' and confirmed_at is not null and closed_at is null and disabled_at is null) then
            raise exception 'the last administrator stays'
                using errcode = 'check_violation', constraint = 'accounts_an_administrator_stays';
        end if;
    end if;
    return null;
end
$$;
create trigger accounts_an_administrator_stays after update on accounts
    for each row when (
        (old.closed_at is null and old.disabled_at is null) and (new.closed_at is not null or new.disabled_at is not null))
    execute function an_administrator_stays_with_an_account();

-- What each member of the team chose to be written about, and how often; a letter each time where nothing was chosen.
create table letter_choices (
    account_id bigint not null,
    topic text not null,
    pace text not null,
    constraint letter_choices_pkey primary key (account_id, topic),
    constraint letter_choices_account_fkey foreign key (account_id) references accounts (id),
    constraint letter_choices_topic_is_a_name check (topic ~ '^[a-z_]{3,40}$'),
    constraint letter_choices_pace_is_known check (pace in ('each', 'digest', 'never'))
);

-- News that wait for the digest of somebody; gone once it is written.
create table digest_lines (
    id bigint generated always as identity,
    account_id bigint not null,
    -- as the letter's own would be: the same news are kept once
    deduplication_key text not null,
    says text not null,
    application_id bigint,
    written_at timestamptz not null,
    constraint digest_lines_pkey primary key (id),
    constraint digest_lines_account_fkey foreign key (account_id) references accounts (id),
    constraint digest_lines_are_written_once unique (deduplication_key)
);
create index digest_lines_by_account on digest_lines (account_id, id);

-- The last day on which somebody's digest left: one a day, whatever happens afterwards.
create table digest_days (
    account_id bigint not null,
    day date not null,
    constraint digest_days_pkey primary key (account_id),
    constraint digest_days_account_fkey foreign key (account_id) references accounts (id)
);

-- Demandes somebody of the team prepared for an applicant: nothing of them exists as a demande before the owner of the address takes it.
create table prepared_demandes (
    -- the number its letter leads to; it opens nothing by itself: whoever takes it is signed in with that address
    id uuid not null,
    preset text not null,
    organisation_id bigint not null,
    address text not null,
    note text not null,
    answers jsonb not null,
    prepared_by bigint not null,
    prepared_at timestamptz not null,
    expires_at timestamptz not null,
    -- the draft it became, once
    application_id bigint,
    cancelled_at timestamptz,
    constraint prepared_demandes_pkey primary key (id),
    constraint prepared_demandes_organisation_fkey foreign key (organisation_id) references organisations (id),
    constraint prepared_demandes_prepared_by_fkey foreign key (prepared_by) references accounts (id),
    constraint prepared_demandes_application_fkey foreign key (application_id) references applications (id),
    constraint prepared_demandes_one_per_application unique (application_id),
    constraint prepared_demandes_preset_is_a_name check (preset ~ '^[a-z0-9_-]{1,60}$'),
    constraint prepared_demandes_address_is_an_address check (is_email(address)),
    constraint prepared_demandes_note_is_a_paragraph check (is_paragraph(note, 2000)),
    constraint prepared_demandes_expire_after_they_are_made check (expires_at > prepared_at),
    constraint prepared_demandes_taken_or_cancelled check (num_nonnulls(application_id, cancelled_at) <= 1)
);
-- one waits at a time for somebody, of a kind, for an organisation
create unique index prepared_demandes_one_waiting on prepared_demandes (organisation_id, address, preset)
    where application_id is null and cancelled_at is null;
