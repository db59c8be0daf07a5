-- What the law owes besides a decision: a clock for a change of a right, the end of what nobody answers, the proof and the reasons of silence.

-- The first version the clock of a version counts: the first handed in since the journal says that a change of what was granted was started;
-- for a demande whose right was never changed, its first. The order of facts in the journal is that of their commits.
create function clock_starts_with(demande bigint, of_version integer) returns integer
    language sql stable
    return coalesce((
        select min((told.details ->> 'version')::integer) from journal told
        where told.application_id = demande and told.event = 'application_submitted' and told.id > (
            select max(started.id) from journal started
            where started.application_id = demande and started.event = 'change_started' and started.id < (
                select max(handed_in.id) from journal handed_in
                where handed_in.application_id = demande and handed_in.event = 'application_submitted'
                    and (handed_in.details ->> 'version')::integer = of_version))), 1);

-- Silence decides once on a demande, and once on each change of what it granted.
alter table silence_decisions
    drop constraint silence_decisions_pkey,
    add constraint silence_decisions_pkey primary key (application_id, version),
    add constraint silence_decisions_name_their_effect unique (application_id, version, effect);

-- Changes handed in before their clock was kept: received with their first version, decided two months later, unless items are awaited.
update applications set received_at = first.submitted_at
from application_versions first
where applications.reopened_from is not null and applications.state in ('submitted', 'changes_requested')
    and (first.application_id, first.number) = (applications.id, clock_starts_with(applications.id, applications.version));
update applications set silence_decides_on = ((received_at at time zone 'Europe/Paris')::date + interval '2 months')::date
where reopened_from is not null and state in ('submitted', 'changes_requested') and exists (
        select from application_versions
        where application_id = applications.id and number = applications.version and silence_effect is not null)
    and not exists (
        select from missing_item_requests
        where application_id = applications.id and version >= clock_starts_with(applications.id, applications.version));

-- The reasons of a rejection nobody wrote, asked within the period of appeal and due in a month (CRPA L232-4).
create table reason_requests (
    application_id bigint not null,
    version integer not null,
    -- nobody is owed the reasons of an acceptance
    effect text not null default 'rejection',
    asked_by bigint not null,
    asked_at timestamptz not null,
    constraint reason_requests_pkey primary key (application_id, version),
    constraint reason_requests_are_about_a_rejection check (effect = 'rejection'),
    constraint reason_requests_silence_fkey foreign key (application_id, version, effect)
        references silence_decisions (application_id, version, effect),
    constraint reason_requests_asked_by_fkey foreign key (asked_by) references accounts (id)
);
create trigger reason_requests_are_immutable before update or delete on reason_requests
    for each row execute function refuse_rewriting();

create table reason_answers (
    application_id bigint not null,
    version integer not null,
    in_law text not null,
    in_fact text not null,
    answered_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    answered_at timestamptz not null,
    constraint reason_answers_pkey primary key (application_id, version),
    constraint reason_answers_request_fkey foreign key (application_id, version) references reason_requests (application_id, version),
    constraint reason_answers_answered_by_fkey foreign key (answered_by) references accounts (id),
    -- considerations of law and of fact, both (CRPA L211-5)
    constraint reason_answers_are_written check (
        is_paragraph(in_law, 5000) and in_law <> '' and is_paragraph(in_fact, 5000) and in_fact <> ''),
    constraint reason_answers_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger reason_answers_are_immutable before update or delete on reason_answers
    for each row execute function refuse_rewriting();

-- A demande sent back that nobody answers for is closed by the team, once a warning's limit has passed: filed away, not judged.
alter table applications
    drop constraint applications_state_is_known,
    add constraint applications_state_is_known check (state in
        ('draft', 'deleted', 'submitted', 'changes_requested', 'approved', 'reopened', 'refused', 'withdrawn', 'closed'));

create or replace function applications_follow_their_life() returns trigger
    language plpgsql as $$
begin
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('draft', 'submitted'), ('draft', 'deleted'), ('deleted', 'draft'),
        ('submitted', 'changes_requested'), ('submitted', 'approved'), ('submitted', 'refused'), ('submitted', 'withdrawn'),
        ('changes_requested', 'submitted'), ('changes_requested', 'withdrawn'), ('changes_requested', 'closed'),
        ('approved', 'reopened'), ('reopened', 'submitted'), ('refused', 'submitted')
    ) and not (
        -- a change refused, given up or closed leads back to what was granted
        old.reopened_from is not null and new.state = 'approved'
    ) then
        raise exception 'an application cannot go from % to %', old.state, new.state
            using errcode = 'check_violation', constraint = 'applications_follow_their_life';
    end if;
    if old.reopened_from is not null and new.state in ('refused', 'withdrawn', 'closed') then
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

create or replace function applications_keep_their_vendor() returns trigger
    language plpgsql as $$
begin
    if new.represented_by is distinct from old.represented_by and (old.version > 0 or old.represented_by is not null) then
        raise exception 'whom a demande is filed for does not change'
            using errcode = 'check_violation', constraint = 'applications_keep_their_vendor';
    end if;
    if new.state is distinct from old.state then
        new.over_since := case when new.state in ('approved', 'refused', 'withdrawn', 'closed') then new.updated_at end;
    end if;
    return new;
end
$$;

create table closing_warnings (
    application_id bigint not null,
    version integer not null,
    -- the last day to answer
    limit_on date not null,
    warned_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    warned_at timestamptz not null,
    constraint closing_warnings_pkey primary key (application_id, version),
    constraint closing_warnings_name_their_limit unique (application_id, version, limit_on),
    constraint closing_warnings_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint closing_warnings_warned_by_fkey foreign key (warned_by) references accounts (id),
    -- fifteen days at least to answer
    constraint closing_warnings_leave_fifteen_days check (limit_on >= (warned_at at time zone 'Europe/Paris')::date + 15),
    constraint closing_warnings_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger closing_warnings_are_immutable before update or delete on closing_warnings
    for each row execute function refuse_rewriting();

create table closings (
    application_id bigint not null,
    version integer not null,
    limit_on date not null,
    -- what the applicant was told, in law and in fact
    says text[] not null,
    closed_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    closed_at timestamptz not null,
    constraint closings_pkey primary key (application_id, version),
    -- nothing is closed unwarned, nor before the limit has passed
    constraint closings_warning_fkey foreign key (application_id, version, limit_on)
        references closing_warnings (application_id, version, limit_on),
    constraint closings_wait_for_the_limit check (limit_on < (closed_at at time zone 'Europe/Paris')::date),
    constraint closings_closed_by_fkey foreign key (closed_by) references accounts (id),
    constraint closings_say_why check (cardinality(says) > 0),
    constraint closings_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger closings_are_immutable before update or delete on closings
    for each row execute function refuse_rewriting();
