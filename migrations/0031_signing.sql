-- Deciding in two steps: what is prepared is signed, leaves a little later, may come back to preparation; a refusal may be reopened.

alter table prepared_decisions
    -- what the letter says after « En droit, »: the sentence of the ground, or the author's own
    add column in_law text not null default '',
    -- why it came back, who sent it back (nobody when the desk could not let it leave), and whether it must be written again first
    add column returned_by bigint,
    add column returned_because text,
    add column returned_at timestamptz,
    add column needs_rework boolean not null default false,
    add constraint prepared_decisions_ground_is_known check (ground in
        ('not_eligible', 'incomplete', 'data_not_proportionate', 'legal_basis_insufficient', 'service_out_of_scope', 'selection_s1',
        'selection_s2', 'selection_s3', 'selection_s4', 'selection_s5', 'selection_s6', 'selection_s7', 'out_of_campaign', 'panel_full',
        'capacity_reached')),
    -- CRPA L211-5: considerations of law and of fact are written
    add constraint prepared_decisions_law_is_written check (is_paragraph(in_law, 2000) and (outcome = 'refused') = (in_law <> '')),
    add constraint prepared_decisions_returned_by_fkey foreign key (returned_by) references accounts (id),
    add constraint prepared_decisions_return_is_whole check (
        (returned_because is null) = (returned_at is null) and (returned_because is not null or (returned_by is null and not needs_rework))),
    add constraint prepared_decisions_return_has_a_reason check (is_paragraph(returned_because, 2000) and returned_because <> ''),
    -- what must be written again is not signed
    add constraint prepared_decisions_rework_comes_first check (signed_by is null or not needs_rework);

-- A candidature is decided on two opinions, by somebody who did not prepare the decision.
create function prepared_decisions_are_signed_by_law() returns trigger
    language plpgsql as $$
begin
    if new.signed_by is not null and exists (select from applications where id = new.application_id and kind = 'experiment') then
        if new.signed_by = new.prepared_by then
            raise exception 'whoever prepared a decision on a candidature does not sign it'
                using errcode = 'check_violation', constraint = 'prepared_decisions_two_people';
        end if;
        if (select count(*) from opinions where application_id = new.application_id and version = new.version) < 2 then
            raise exception 'a candidature is decided on two opinions'
                using errcode = 'check_violation', constraint = 'prepared_decisions_two_opinions';
        end if;
    end if;
    return new;
end
$$;
create trigger prepared_decisions_are_signed_by_law before insert or update on prepared_decisions
    for each row execute function prepared_decisions_are_signed_by_law();

-- A refused demande that the team instructs again; the refusal stays written.
create table reopenings (
    application_id bigint not null,
    -- counts the reopenings of the demande, from 1
    number integer not null,
    version integer not null,
    reason text not null,
    reopened_by bigint not null,
    reopened_at timestamptz not null,
    constraint reopenings_pkey primary key (application_id, number),
    constraint reopenings_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint reopenings_reopened_by_fkey foreign key (reopened_by) references accounts (id),
    constraint reopenings_are_counted check (number > 0),
    constraint reopenings_reason_is_written check (is_paragraph(reason, 2000) and reason <> '')
);
create trigger reopenings_are_immutable before update or delete on reopenings
    for each row execute function refuse_rewriting();

alter table decisions
    -- what a refusal said after « En droit, »; nothing in rows older than this column: their ground says it
    add column in_law text not null default '',
    -- who prepared what the author signed; nobody for a request for changes
    add column prepared_by bigint,
    -- how many times the demande had been reopened
    add column opening integer not null default 0,
    add constraint decisions_law_is_a_paragraph check (is_paragraph(in_law, 2000) and (outcome = 'refused' or in_law = '')),
    add constraint decisions_prepared_by_fkey foreign key (prepared_by) references accounts (id),
    drop constraint decisions_one_per_version,
    -- a version is decided once, whoever is faster, and once more each time the demande is reopened
    add constraint decisions_one_per_version unique (application_id, version, opening),
    drop constraint decisions_ground_is_known,
    add constraint decisions_ground_is_known check (ground in
        ('not_eligible', 'incomplete', 'data_not_proportionate', 'legal_basis_insufficient', 'service_out_of_scope', 'selection_s1',
        'selection_s2', 'selection_s3', 'selection_s4', 'selection_s5', 'selection_s6', 'selection_s7', 'out_of_campaign', 'panel_full',
        'capacity_reached'));

-- A refused demande may be instructed again.
create or replace function applications_follow_their_life() returns trigger
    language plpgsql as $$
begin
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('draft', 'submitted'), ('draft', 'deleted'), ('deleted', 'draft'),
        ('submitted', 'changes_requested'), ('submitted', 'approved'), ('submitted', 'refused'), ('submitted', 'withdrawn'),
        ('changes_requested', 'submitted'), ('changes_requested', 'withdrawn'), ('refused', 'submitted')
    ) then
        raise exception 'an application cannot go from % to %', old.state, new.state
            using errcode = 'check_violation', constraint = 'applications_follow_their_life';
    end if;
    if new.version < old.version or new.version > old.version + 1 then
        raise exception 'versions follow one another' using errcode = 'check_violation', constraint = 'applications_versions_follow';
    end if;
    return new;
end
$$;

-- Texts the team answers with, each for an act and for one kind of demande or for all.
create table answer_templates (
    id bigint generated always as identity,
    act text not null,
    -- nothing: for every kind
    kind text,
    created_at timestamptz not null,
    -- a retired text is offered no more; what was written with it stays
    retired_at timestamptz,
    constraint answer_templates_pkey primary key (id),
    constraint answer_templates_act_is_known check (act in ('changes_requested', 'approved', 'refused')),
    constraint answer_templates_kind_is_known check (kind in
        ('administration', 'private_address_change', 'private_identity_check', 'experiment'))
);
-- What it said, each time it was written; the last one is offered.
create table answer_template_versions (
    template_id bigint not null,
    number integer not null,
    title text not null,
    body text not null,
    written_by bigint not null,
    written_at timestamptz not null,
    constraint answer_template_versions_pkey primary key (template_id, number),
    constraint answer_template_versions_template_fkey foreign key (template_id) references answer_templates (id),
    constraint answer_template_versions_written_by_fkey foreign key (written_by) references accounts (id),
    constraint answer_template_versions_are_counted check (number > 0),
    constraint answer_template_versions_title_is_a_line check (is_line(title, 100) and title <> ''),
    constraint answer_template_versions_body_is_written check (is_paragraph(body, 5000) and body <> '')
);
create trigger answer_template_versions_are_immutable before update or delete on answer_template_versions
    for each row execute function refuse_rewriting();
