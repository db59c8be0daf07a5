-- The life of a right once granted: the code that proves it, when its state changed, until when it is suspended.

-- 15 letters from the system's CSPRNG (gen_random_uuid), 75 bits that nobody guesses, and a 16th that a mistake of typing does not fit: each
-- letter is a number of 32, and the whole read as digits of a power of 2 in the field of 32 elements (x^5 = x^2 + 1) is 0.
-- The program reads them (src/authorizations/verification_code.rs) and checks the same sum.
create function fresh_verification_code() returns text
    language plpgsql volatile as $$
declare
    -- Crockford's: no I, L, O nor U
    letters constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    random bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    code text := '';
    value integer;
    total integer := 0;
begin
    for place in 0..14 loop
        value := get_byte(random, place) & 31;
        code := code || substr(letters, value + 1, 1);
        total := (total << 1) # value;
        if total > 31 then
            total := total # 37;
        end if;
    end loop;
    total := total << 1;
    if total > 31 then
        total := total # 37;
    end if;
    return code || substr(letters, total + 1, 1);
end
$$;

alter table authorizations
    add column verification_code text not null default fresh_verification_code(),
    -- nothing while it stands as it was granted
    add column state_changed_at timestamptz,
    -- the last day of a suspension
    add column suspended_until date,
    add constraint authorizations_code_names_one unique (verification_code),
    add constraint authorizations_code_is_written_so check (verification_code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    add constraint authorizations_change_is_dated check (state = 'active' or state_changed_at is not null),
    add constraint authorizations_suspension_ends check ((state = 'suspended') = (suspended_until is not null));
-- a right is replaced by the next version of its demande: one of them is in force at most
create unique index authorizations_one_in_force on authorizations (application_id) where state in ('active', 'suspended');
create index authorizations_by_state on authorizations (state, id);

create or replace function authorizations_stay_as_granted() returns trigger
    language plpgsql as $$
begin
    if (new.application_id, new.version, new.decision_id, new.organisation_id, new.organisation, new.content, new.granted_at, new.verification_code)
        is distinct from
       (old.application_id, old.version, old.decision_id, old.organisation_id, old.organisation, old.content, old.granted_at, old.verification_code) then
        raise exception 'what an authorization grants is frozen' using errcode = 'restrict_violation';
    end if;
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('active', 'superseded'), ('active', 'suspended'), ('active', 'revoked'), ('active', 'expired'),
        ('suspended', 'active'), ('suspended', 'superseded'), ('suspended', 'revoked'), ('suspended', 'expired')
    ) then
        raise exception 'an authorization cannot go from % to %', old.state, new.state
            using errcode = 'check_violation', constraint = 'authorizations_follow_their_life';
    end if;
    return new;
end
$$;

-- Changing a right: its demande is opened again; the right stays as it is until another takes its place.
alter table applications
    -- the version in force while a change is on its way, to which the demande returns if it is refused or given up
    add column reopened_from integer,
    drop constraint applications_state_is_known,
    add constraint applications_state_is_known check (state in
        ('draft', 'deleted', 'submitted', 'changes_requested', 'approved', 'reopened', 'refused', 'withdrawn')),
    add constraint applications_reopened_from_fkey foreign key (id, reopened_from) references application_versions (application_id, number),
    add constraint applications_reopening_is_going_on check (
        case when reopened_from is null then state <> 'reopened' else state in ('reopened', 'submitted', 'changes_requested') end);

-- What the form held for the version granted, while its demande is open again: thrown away with the end of it.
create table granted_steps (
    application_id bigint not null,
    step text not null,
    fields jsonb not null,
    saved_at timestamptz not null,
    saved_by bigint not null,
    constraint granted_steps_pkey primary key (application_id, step),
    constraint granted_steps_application_fkey foreign key (application_id) references applications (id),
    constraint granted_steps_saved_by_fkey foreign key (saved_by) references accounts (id)
);

create or replace function applications_follow_their_life() returns trigger
    language plpgsql as $$
begin
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('draft', 'submitted'), ('draft', 'deleted'), ('deleted', 'draft'),
        ('submitted', 'changes_requested'), ('submitted', 'approved'), ('submitted', 'refused'), ('submitted', 'withdrawn'),
        ('changes_requested', 'submitted'), ('changes_requested', 'withdrawn'),
        ('approved', 'reopened'), ('reopened', 'submitted'), ('refused', 'submitted')
    ) and not (
        -- a change refused or given up leads back to what was granted
        old.reopened_from is not null and new.state = 'approved'
    ) then
        raise exception 'an application cannot go from % to %', old.state, new.state
            using errcode = 'check_violation', constraint = 'applications_follow_their_life';
    end if;
    if old.reopened_from is not null and new.state in ('refused', 'withdrawn') then
        raise exception 'an application that holds a right cannot become %', new.state
            using errcode = 'check_violation', constraint = 'applications_follow_their_life';
    end if;
    -- the current version is the last one handed in, or the one in force
    if new.version is distinct from old.version
        and new.version is distinct from (select max(number) from application_versions where application_id = new.id)
        and not (new.state = 'approved' and new.version is not distinct from old.reopened_from) then
        raise exception 'versions follow one another' using errcode = 'check_violation', constraint = 'applications_versions_follow';
    end if;
    return new;
end
$$;

-- Before a right is suspended or revoked, its holder is heard (code des relations entre le public et l'administration, L121-1, L122-1).
create table procedures (
    id bigint generated always as identity,
    authorization_id bigint not null,
    -- what is envisaged
    measure text not null,
    -- why in law: one of the closed list
    ground text not null,
    -- why in fact
    facts text not null,
    -- why a suspension cannot wait for the observations (L121-2 1°), or nothing
    urgency text not null,
    -- the last day for observations
    observations_until date not null,
    opened_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    opened_at timestamptz not null,
    -- when it was decided; kept here so that one at a time is going on
    ended_at timestamptz,
    constraint procedures_pkey primary key (id),
    constraint procedures_names_its_opener unique (id, opened_by),
    constraint procedures_authorization_fkey foreign key (authorization_id) references authorizations (id),
    constraint procedures_opened_by_fkey foreign key (opened_by) references accounts (id),
    constraint procedures_measure_is_known check (measure in ('suspension', 'revocation')),
    constraint procedures_ground_is_known check (ground in ('condition_lost', 'illegal', 'fraud')),
    constraint procedures_facts_are_written check (is_paragraph(facts, 5000) and facts <> ''),
    constraint procedures_urgency_suspends check (is_paragraph(urgency, 2000) and (urgency = '' or measure = 'suspension')),
    -- fifteen days at least to answer
    constraint procedures_leave_fifteen_days check (observations_until >= (opened_at at time zone 'Europe/Paris')::date + 15),
    constraint procedures_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create unique index procedures_one_at_a_time on procedures (authorization_id) where ended_at is null;
create index procedures_by_authorization on procedures (authorization_id, id);

create function procedures_only_end() returns trigger
    language plpgsql as $$
begin
    if old.ended_at is not null or new.ended_at is null
        or (to_jsonb(new) - 'ended_at') is distinct from (to_jsonb(old) - 'ended_at') then
        raise exception 'a procedure only ends' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger procedures_only_end before update on procedures for each row execute function procedures_only_end();
create trigger procedures_are_never_deleted before delete on procedures for each row execute function refuse_rewriting();

-- What the holder answers, in writing.
create table observations (
    id bigint generated always as identity,
    procedure_id bigint not null,
    body text not null,
    given_by bigint not null,
    author_name text not null,
    given_at timestamptz not null,
    constraint observations_pkey primary key (id),
    constraint observations_procedure_fkey foreign key (procedure_id) references procedures (id),
    constraint observations_given_by_fkey foreign key (given_by) references accounts (id),
    constraint observations_are_written check (is_paragraph(body, 10000) and body <> ''),
    constraint observations_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);
create index observations_by_procedure on observations (procedure_id, id);
create trigger observations_are_immutable before update or delete on observations for each row execute function refuse_rewriting();

-- How a procedure ends: once, by somebody else than who opened it.
create table rulings (
    procedure_id bigint not null,
    outcome text not null,
    reasons text not null,
    suspended_until date,
    opened_by bigint not null,
    decided_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    decided_at timestamptz not null,
    constraint rulings_pkey primary key (procedure_id),
    constraint rulings_procedure_fkey foreign key (procedure_id, opened_by) references procedures (id, opened_by),
    constraint rulings_decided_by_fkey foreign key (decided_by) references accounts (id),
    constraint rulings_are_by_somebody_else check (decided_by <> opened_by),
    constraint rulings_outcome_is_known check (outcome in ('suspended', 'revoked', 'closed')),
    constraint rulings_suspension_ends check ((outcome = 'suspended') = (suspended_until is not null)),
    constraint rulings_reasons_are_written check (is_paragraph(reasons, 5000) and reasons <> ''),
    constraint rulings_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger rulings_are_immutable before update or delete on rulings for each row execute function refuse_rewriting();
