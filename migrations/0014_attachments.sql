-- Files that come with a demande. The bytes are in the storage, under the object's id, written before the row.

create table attachments (
    id uuid not null,
    -- the bytes; a demande that starts as a copy of another shares them with it
    object_id uuid not null,
    -- files that replaced one another, the first and those after it
    line_id uuid not null,
    application_id bigint not null,
    -- the field of the form it answers, by its name; none when another table says whose it is, as for a message
    field text,
    -- the place it holds among the files of its field; none once it is taken away
    place smallint,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 bytea not null,
    scan text not null,
    added_at timestamptz not null,
    added_by bigint not null,
    removed_at timestamptz,
    constraint attachments_pkey primary key (id),
    constraint attachments_application_fkey foreign key (application_id) references applications (id),
    constraint attachments_added_by_fkey foreign key (added_by) references accounts (id),
    constraint attachments_field_is_a_name check (field ~ '^[a-z_]{3,40}$'),
    -- six places a field: a seventh file finds none, however many arrive at once
    constraint attachments_place_is_one_of_six check (place between 1 and 6),
    constraint attachments_hold_one_place_each unique (application_id, field, place),
    constraint attachments_removed_hold_no_place check ((place is null) = (field is null or removed_at is not null)),
    constraint attachments_name_is_a_line check (is_line(name, 130) and name <> '' and name !~ '[/\\]'),
    constraint attachments_media_type_is_known check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
    -- 10 Mo
    constraint attachments_size_is_bounded check (size between 1 and 10485760),
    constraint attachments_sha256_is_whole check (octet_length(sha256) = 32),
    constraint attachments_scan_is_known check (scan in ('not_scanned', 'pending', 'clean', 'infected'))
);
create index attachments_by_application on attachments (application_id);
create index attachments_to_scan on attachments (object_id) where scan = 'pending';
create index attachments_removed on attachments (removed_at) where removed_at is not null;
create index attachments_by_object on attachments (object_id);

-- What a file is never changes; only its place, its removal and what the antivirus says of it do.
create function attachments_keep_what_they_are() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.object_id, new.line_id, new.application_id, new.field, new.name, new.media_type, new.size, new.sha256,
        new.added_at, new.added_by)
        is distinct from
        (old.id, old.object_id, old.line_id, old.application_id, old.field, old.name, old.media_type, old.size, old.sha256,
        old.added_at, old.added_by) then
        raise exception 'a file is replaced by another, never rewritten'
            using errcode = 'check_violation', constraint = 'attachments_keep_what_they_are';
    end if;
    return new;
end
$$;
create trigger attachments_keep_what_they_are before update on attachments
    for each row execute function attachments_keep_what_they_are();

-- The files a submitted version was handed in with: as long as the version, the file.
create table version_attachments (
    application_id bigint not null,
    number integer not null,
    attachment_id uuid not null,
    constraint version_attachments_pkey primary key (application_id, number, attachment_id),
    constraint version_attachments_version_fkey foreign key (application_id, number)
        references application_versions (application_id, number),
    constraint version_attachments_attachment_fkey foreign key (attachment_id) references attachments (id)
);
create index version_attachments_by_attachment on version_attachments (attachment_id);
create trigger version_attachments_are_immutable before update or delete on version_attachments
    for each row execute function refuse_rewriting();

-- The text is read at an address or joined as a file.
alter table application_versions
    drop constraint versions_legal_basis_url_is_a_link,
    add constraint versions_legal_basis_can_be_read check ((
        (content #>> '{legal_basis,url}' ~ '^https?://[^[:space:]]{3,}$' and char_length(content #>> '{legal_basis,url}') <= 500)
        or (content #>> '{legal_basis,url}' = '' and coalesce((content #>> '{legal_basis,documents}')::integer, 0) >= 1)) is true);
