-- Deciding: who holds a dossier, when silence decides, the two opinions, and the decision prepared by one person and signed by another.

alter table applications
    -- the member of the team who answers for the dossier; nobody until it is taken
    add column assigned_to bigint,
    add column assigned_at timestamptz,
    -- the day on which silence becomes a decision, as the pure rule computes it from the facts of the demande; nothing while no clock runs.
    -- Kept so that the queue can filter and sort by it: check-invariants computes it anew and compares
    add column silence_decides_on date,
    add constraint applications_assigned_to_fkey foreign key (assigned_to) references accounts (id),
    add constraint applications_assignment_is_whole check ((assigned_to is null) = (assigned_at is null)),
    add constraint applications_assigned_once_received check (assigned_to is null or received_at is not null);

-- What a service is asked: its opinion on a version.
create table opinion_requests (
    application_id bigint not null,
    version integer not null,
    -- DINUM's legal service, or the FranceConnect team
    service text not null,
    -- what the reviewer would like to know, possibly nothing
    question text not null,
    asked_by bigint not null,
    asked_at timestamptz not null,
    constraint opinion_requests_pkey primary key (application_id, version, service),
    constraint opinion_requests_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint opinion_requests_asked_by_fkey foreign key (asked_by) references accounts (id),
    constraint opinion_requests_service_is_known check (service in ('legal', 'franceconnect')),
    constraint opinion_requests_question_is_a_paragraph check (is_paragraph(question, 2000))
);
create trigger opinion_requests_are_immutable before update or delete on opinion_requests
    for each row execute function refuse_rewriting();

-- What it answers: once, in its author's words, never changed afterwards.
create table opinions (
    application_id bigint not null,
    version integer not null,
    service text not null,
    view text not null,
    reasons text not null,
    given_by bigint not null,
    -- as the decision names them: they do not follow later changes of the account
    author_name text not null,
    author_quality text not null,
    given_at timestamptz not null,
    constraint opinions_pkey primary key (application_id, version, service),
    -- no opinion that nobody asked
    constraint opinions_request_fkey foreign key (application_id, version, service)
        references opinion_requests (application_id, version, service),
    constraint opinions_given_by_fkey foreign key (given_by) references accounts (id),
    -- two services are two people
    constraint opinions_one_per_person unique (application_id, version, given_by),
    constraint opinions_view_is_known check (view in ('favourable', 'reserved', 'unfavourable')),
    constraint opinions_reasons_are_written check (is_paragraph(reasons, 5000) and reasons <> ''),
    constraint opinions_author_is_a_line check (is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100))
);
create trigger opinions_are_immutable before update or delete on opinions
    for each row execute function refuse_rewriting();

-- The decision being written: prepared, then signed, then leaving a few minutes later. Until it leaves nothing has been decided: the applicant
-- sees no change, and whoever signed may take it back.
create table prepared_decisions (
    application_id bigint not null,
    version integer not null,
    outcome text not null,
    ground text,
    message text not null,
    prepared_by bigint not null,
    prepared_at timestamptz not null,
    -- counts the writings: what is signed is what was read
    revision integer not null default 1,
    signed_by bigint,
    author_name text,
    author_quality text,
    author_service text,
    signed_at timestamptz,
    -- when the letters leave and the decision takes effect
    leaves_at timestamptz,
    -- one at a time
    constraint prepared_decisions_pkey primary key (application_id),
    constraint prepared_decisions_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint prepared_decisions_prepared_by_fkey foreign key (prepared_by) references accounts (id),
    constraint prepared_decisions_signed_by_fkey foreign key (signed_by) references accounts (id),
    -- a request for changes is sent at once: it decides nothing
    constraint prepared_decisions_outcome_is_known check (outcome in ('approved', 'refused')),
    constraint prepared_decisions_refusal_has_a_ground check ((outcome = 'refused') = (ground is not null)),
    constraint prepared_decisions_message_is_written check (is_paragraph(message, 5000) and (outcome = 'approved' or message <> '')),
    constraint prepared_decisions_signature_is_whole check (
        num_nonnulls(signed_by, author_name, author_quality, author_service, signed_at, leaves_at) in (0, 6)),
    constraint prepared_decisions_leave_after_signature check (leaves_at >= signed_at)
);
create index prepared_decisions_leaving on prepared_decisions (leaves_at) where leaves_at is not null;
