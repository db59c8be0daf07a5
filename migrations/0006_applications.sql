-- The demandes: what is being filled in, what was submitted, where it stands.

create table applications (
    -- the number people see: D12
    id bigint generated always as identity,
    kind text not null,
    organisation_id bigint not null,
    applicant_id bigint not null,
    state text not null default 'draft',
    -- from the service step, so that lists and searches have a name
    service_name text not null default '',
    -- made with the page that starts a demande: pressing twice starts one
    start_key uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- first reception: the date of the acknowledgement and of the queue
    received_at timestamptz,
    -- the last submitted version, 0 before the first
    version integer not null default 0,
    constraint applications_pkey primary key (id),
    constraint applications_organisation_fkey foreign key (organisation_id) references organisations (id),
    constraint applications_applicant_fkey foreign key (applicant_id) references accounts (id),
    constraint applications_started_once unique (applicant_id, start_key),
    constraint applications_kind_is_known check (kind in ('administration')),
    constraint applications_state_is_known check (state in
        ('draft', 'submitted', 'changes_requested', 'approved', 'refused', 'withdrawn')),
    constraint applications_service_name_is_a_line check (is_line(service_name, 150)),
    constraint applications_draft_was_never_received check ((state = 'draft') = (version = 0) or state = 'withdrawn'),
    constraint applications_received_has_a_version check ((received_at is null) = (version = 0))
);
create index applications_by_applicant on applications (applicant_id, id);
create index applications_by_organisation on applications (organisation_id);
create index applications_queue on applications (received_at, id) where received_at is not null;
create index applications_queue_by_state on applications (state, received_at, id) where received_at is not null;

-- Only the life of an application as the code knows it; the code's table and this one are compared by a test.
create function applications_follow_their_life() returns trigger
    language plpgsql as $$
begin
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('draft', 'submitted'), ('draft', 'withdrawn'),
        ('submitted', 'changes_requested'), ('submitted', 'approved'), ('submitted', 'refused'), ('submitted', 'withdrawn'),
        ('changes_requested', 'submitted'), ('changes_requested', 'withdrawn')
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
create trigger applications_follow_their_life before update on applications
    for each row execute function applications_follow_their_life();

-- What has been typed, step by step, exactly as typed: gaps and mistakes are kept until the person mends them.
create table draft_steps (
    application_id bigint not null,
    step text not null,
    fields jsonb not null,
    saved_at timestamptz not null,
    saved_by bigint not null,
    -- grows at each save: a page that shows an older one is told so instead of overwriting
    revision integer not null,
    constraint draft_steps_pkey primary key (application_id, step),
    constraint draft_steps_application_fkey foreign key (application_id) references applications (id),
    constraint draft_steps_saved_by_fkey foreign key (saved_by) references accounts (id),
    constraint draft_steps_step_is_known check (step in
        ('service', 'cadre', 'niveau', 'donnees', 'traitement', 'contacts')),
    constraint draft_steps_fields_are_named check (jsonb_typeof(fields) = 'object'),
    constraint draft_steps_size_is_bounded check (octet_length(fields::text) <= 262144),
    constraint draft_steps_revision_is_positive check (revision > 0)
);

-- A submitted version: complete, checked, immutable.
create table application_versions (
    application_id bigint not null,
    number integer not null,
    organisation jsonb not null,
    content jsonb not null,
    -- the three attestations of the last step, each ticked
    terms_accepted boolean not null,
    dpo_informed boolean not null,
    alternative_login boolean not null,
    submitted_at timestamptz not null,
    submitted_by bigint not null,
    constraint application_versions_pkey primary key (application_id, number),
    constraint application_versions_application_fkey foreign key (application_id) references applications (id),
    constraint application_versions_submitted_by_fkey foreign key (submitted_by) references accounts (id),
    constraint versions_are_numbered_from_one check (number >= 1),
    constraint versions_are_attested check (terms_accepted and dpo_informed and alternative_login),
    -- a missing value makes a check unknown, and unknown passes: hence « is true » below
    constraint versions_service_is_named check ((is_line(content #>> '{service,name}', 150) and content #>> '{service,name}' <> '') is true),
    constraint versions_service_is_described check ((
        is_paragraph(content #>> '{service,description}', 5000) and char_length(content #>> '{service,description}') >= 30) is true),
    -- the service may not be on line yet
    constraint versions_service_url_is_a_link check ((
        coalesce(content #>> '{service,url}', '') ~ '^(https?://[^[:space:]]{3,})?$'
        and char_length(coalesce(content #>> '{service,url}', '')) <= 500) is true),
    constraint versions_legal_basis_is_cited check ((
        is_paragraph(content #>> '{legal_basis,nature}', 2000) and content #>> '{legal_basis,nature}' <> '') is true),
    constraint versions_legal_basis_url_is_a_link check ((
        content #>> '{legal_basis,url}' ~ '^https?://[^[:space:]]{3,}$' and char_length(content #>> '{legal_basis,url}') <= 500) is true),
    constraint versions_assurance_level_is_known check ((content ->> 'assurance_level' in ('eidas_1', 'eidas_2')) is true),
    -- no scope outside the nine, openid always there
    constraint versions_scopes_are_known check ((
        (content -> 'scopes') <@ '["openid","family_name","given_name","gender","birthdate","birthplace","birthcountry","email","preferred_username"]'::jsonb
        and (content -> 'scopes') ? 'openid') is true),
    constraint versions_preferred_name_comes_with_birth_name check ((
        not (content -> 'scopes') ? 'preferred_username' or (content -> 'scopes') ? 'family_name') is true),
    constraint versions_recipients_are_named check ((
        is_paragraph(content #>> '{personal_data,recipients}', 2000) and content #>> '{personal_data,recipients}' <> '') is true),
    constraint versions_retention_is_1_to_1200_months check (((content #>> '{personal_data,retention_months}')::integer between 1 and 1200) is true),
    constraint versions_long_retention_is_justified check ((
        (content #>> '{personal_data,retention_months}')::integer <= 36
        or char_length(coalesce(content #>> '{personal_data,retention_reason}', '')) >= 1) is true),
    constraint versions_contacts_are_three check ((
        is_email(content #>> '{contacts,data_controller,email}')
        and is_email(content #>> '{contacts,data_protection_officer,email}')
        and is_email(content #>> '{contacts,technical_contact,email}')) is true),
    -- the technical contact receives the secret by SMS
    constraint versions_technical_contact_has_a_french_mobile check ((
        content #>> '{contacts,technical_contact,phone}' ~ '^\+(33[67][0-9]{8}|262(692|693|639)[0-9]{6}|590(690|691)[0-9]{6}|594694[0-9]{6}|596(696|697)[0-9]{6}|(508|681|687|689)[0-9]{6,8})$') is true)
);
create trigger application_versions_are_immutable before update or delete on application_versions
    for each row execute function refuse_rewriting();
