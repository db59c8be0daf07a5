-- Going to production: the holder asks, the FranceConnect team checks the journey against the « cahier des charges » (S2 of the published rules).
create table go_live_requests (
    id bigint generated always as identity,
    authorization_id bigint not null,
    -- where the journey can be followed
    url text not null,
    -- whoever puts it right, and is told of the result
    contact_name text not null,
    contact_email text not null,
    wished_on date not null,
    -- how to follow it, possibly nothing
    note text not null,
    asked_by bigint not null,
    author_name text not null,
    asked_at timestamptz not null,
    -- kept here so that one at a time waits
    answered_at timestamptz,
    constraint go_live_requests_pkey primary key (id),
    constraint go_live_requests_authorization_fkey foreign key (authorization_id) references authorizations (id),
    constraint go_live_requests_asked_by_fkey foreign key (asked_by) references accounts (id),
    constraint go_live_requests_url_is_a_link check (url ~ '^https?://[^[:space:]]{3,}$' and char_length(url) <= 500),
    constraint go_live_requests_contact_is_whole check (is_line(contact_name, 130) and contact_name <> '' and is_email(contact_email)),
    constraint go_live_requests_note_is_a_paragraph check (is_paragraph(note, 2000)),
    constraint go_live_requests_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);
create unique index go_live_requests_one_waits on go_live_requests (authorization_id) where answered_at is null;
create index go_live_requests_by_authorization on go_live_requests (authorization_id, id);
create index go_live_requests_waiting on go_live_requests (asked_at, id) where answered_at is null;

create function go_live_requests_are_only_answered() returns trigger
    language plpgsql as $$
begin
    if old.answered_at is not null or new.answered_at is null
        or (to_jsonb(new) - 'answered_at') is distinct from (to_jsonb(old) - 'answered_at') then
        raise exception 'a request is only answered' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger go_live_requests_are_only_answered before update on go_live_requests
    for each row execute function go_live_requests_are_only_answered();
create trigger go_live_requests_are_never_deleted before delete on go_live_requests for each row execute function refuse_rewriting();

-- What the team found, point by point, as the points were written that day.
create table journey_checks (
    request_id bigint not null,
    favourable boolean not null,
    reasons text not null,
    points jsonb not null,
    checked_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    checked_at timestamptz not null,
    constraint journey_checks_pkey primary key (request_id),
    constraint journey_checks_request_fkey foreign key (request_id) references go_live_requests (id),
    constraint journey_checks_checked_by_fkey foreign key (checked_by) references accounts (id),
    constraint journey_checks_points_are_a_list check (jsonb_typeof(points) = 'array' and jsonb_array_length(points) >= 1),
    -- nothing goes to production over a point that is not met, and what must be corrected is said
    constraint journey_checks_hold check (favourable = not (points @> '[{"result": "not_met"}]')),
    constraint journey_checks_say_what_to_correct check (is_paragraph(reasons, 5000) and (favourable or reasons <> '')),
    constraint journey_checks_author_is_a_line check (
        is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 100) and is_line(author_service, 200))
);
create trigger journey_checks_are_immutable before update or delete on journey_checks for each row execute function refuse_rewriting();
