-- Examining: opinions that follow the versions, notes of the team, the grid of criteria, and what is found beside a dossier.

-- What was asked of a service follows the demande: it is asked of each later version as it was of the one before, by whom and when it was.
create function opinion_requests_follow_versions() returns trigger
    language plpgsql as $$
begin
    insert into opinion_requests (application_id, version, service, question, asked_by, asked_at)
    select application_id, new.number, service, question, asked_by, asked_at
    from opinion_requests where application_id = new.application_id and version = new.number - 1;
    return null;
end
$$;
create trigger opinion_requests_follow_versions after insert on application_versions
    for each row execute function opinion_requests_follow_versions();

-- What somebody of the team notes for the team. It never leaves it.
create table review_notes (
    id bigint generated always as identity,
    application_id bigint not null,
    author_id bigint not null,
    -- gone once the note is struck out
    body text,
    -- made with the page: pressing twice writes once
    post_key uuid not null,
    written_at timestamptz not null,
    struck_at timestamptz,
    constraint review_notes_pkey primary key (id),
    constraint review_notes_application_fkey foreign key (application_id) references applications (id),
    constraint review_notes_author_fkey foreign key (author_id) references accounts (id),
    constraint review_notes_are_written_once unique (author_id, post_key),
    constraint review_notes_body_is_written check (is_paragraph(body, 5000) and body <> ''),
    constraint review_notes_struck_have_no_body check ((body is null) = (struck_at is not null)),
    constraint review_notes_are_struck_within_five_minutes check (
        struck_at >= written_at and struck_at <= written_at + interval '5 minutes')
);
create index review_notes_by_application on review_notes (application_id, id);

-- A note is written once, and can only be struck out.
create function review_notes_are_only_struck() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.application_id, new.author_id, new.post_key, new.written_at)
        is distinct from (old.id, old.application_id, old.author_id, old.post_key, old.written_at)
        or old.struck_at is not null or new.struck_at is null then
        raise exception 'a note is struck out or stays as it is'
            using errcode = 'check_violation', constraint = 'review_notes_are_only_struck';
    end if;
    return new;
end
$$;
create trigger review_notes_are_only_struck before update on review_notes
    for each row execute function review_notes_are_only_struck();
create trigger review_notes_are_never_deleted before delete on review_notes
    for each row execute function refuse_rewriting();

-- The grid: each appraisal of a criterion is a fact; the last one of a criterion counts, whichever version it was about.
create table grid_appraisals (
    id bigint generated always as identity,
    application_id bigint not null,
    version integer not null,
    -- the code of a published rule: E3, A5
    criterion text not null,
    appraisal text not null,
    note text not null,
    author_id bigint not null,
    appraised_at timestamptz not null,
    constraint grid_appraisals_pkey primary key (id),
    constraint grid_appraisals_version_fkey foreign key (application_id, version) references application_versions (application_id, number),
    constraint grid_appraisals_author_fkey foreign key (author_id) references accounts (id),
    constraint grid_appraisals_criterion_is_a_code check (criterion ~ '^[A-Z][0-9]{1,2}$'),
    constraint grid_appraisals_appraisal_is_known check (appraisal in ('met', 'not_met', 'unsure')),
    constraint grid_appraisals_note_is_a_paragraph check (is_paragraph(note, 1000))
);
create index grid_appraisals_by_application on grid_appraisals (application_id, criterion, id);
create trigger grid_appraisals_are_immutable before update or delete on grid_appraisals
    for each row execute function refuse_rewriting();

-- Where a service is reached, without what differs between two ways of writing it: « https://www.exemple.fr/a » is at « exemple.fr ».
create function service_host(content jsonb) returns text
    language sql immutable parallel safe
    return lower(substring(content #>> '{service,url}' from '^[a-zA-Z]+://(?:www\.)?([^/:?#]+)'));
create index application_versions_by_host on application_versions (service_host(content));
create index applications_by_service_name on applications (lower(service_name)) where received_at is not null;
