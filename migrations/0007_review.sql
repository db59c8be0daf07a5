-- Decisions and the right they grant.

create table decisions (
    id bigint generated always as identity,
    application_id bigint not null,
    version integer not null,
    outcome text not null,
    -- why in law: one of the closed list; only a refusal has one
    ground text,
    -- why in fact, or what is asked, in the author's words
    message text not null,
    decided_by bigint not null,
    -- as the letter says them (CRPA L212-1): they do not follow later changes of the account
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    decided_at timestamptz not null,
    constraint decisions_pkey primary key (id),
    constraint decisions_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint decisions_decided_by_fkey foreign key (decided_by) references accounts (id),
    -- a version is decided once, whoever is faster
    constraint decisions_one_per_version unique (application_id, version),
    constraint decisions_outcome_is_known check (outcome in ('changes_requested', 'approved', 'refused')),
    constraint decisions_refusal_has_a_ground check ((outcome = 'refused') = (ground is not null)),
    constraint decisions_ground_is_known check (ground in
        ('not_eligible', 'incomplete', 'data_not_proportionate', 'legal_basis_insufficient', 'service_out_of_scope')),
    -- CRPA L211-5: the facts are written; a request for changes says what is asked
    constraint decisions_message_is_written check (is_paragraph(message, 5000) and (outcome = 'approved' or message <> '')),
    constraint decisions_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger decisions_are_immutable before update or delete on decisions
    for each row execute function refuse_rewriting();

create table authorizations (
    -- the number people see: H12
    id bigint generated always as identity,
    application_id bigint not null,
    version integer not null,
    decision_id bigint not null,
    organisation_id bigint not null,
    state text not null default 'active',
    -- what was granted, frozen
    organisation jsonb not null,
    content jsonb not null,
    granted_at timestamptz not null,
    constraint authorizations_pkey primary key (id),
    constraint authorizations_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint authorizations_decision_fkey foreign key (decision_id) references decisions (id),
    constraint authorizations_organisation_fkey foreign key (organisation_id) references organisations (id),
    constraint authorizations_one_per_version unique (application_id, version),
    constraint authorizations_state_is_known check (state in ('active', 'superseded', 'suspended', 'revoked', 'expired'))
);
create index authorizations_by_organisation on authorizations (organisation_id);

-- The state of a right may change; what it grants, to whom and when may not.
create function authorizations_stay_as_granted() returns trigger
    language plpgsql as $$
begin
    if (new.application_id, new.version, new.decision_id, new.organisation_id, new.organisation, new.content, new.granted_at)
        is distinct from
       (old.application_id, old.version, old.decision_id, old.organisation_id, old.organisation, old.content, old.granted_at) then
        raise exception 'what an authorization grants is frozen' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger authorizations_stay_as_granted before update on authorizations
    for each row execute function authorizations_stay_as_granted();
create trigger authorizations_are_never_deleted before delete on authorizations
    for each row execute function refuse_rewriting();
