-- A software vendor files for a client: who represents whom in a demande, what the client is told and may answer, lists of clients to import.

alter table applications
    -- the vendor's organisation, when it files for the organisation of the demande
    add column represented_by bigint,
    -- the demande whose content this one started with
    add column copied_from bigint,
    -- since when nothing more is awaited of anybody; the links of the client last a month more
    add column over_since timestamptz,
    add constraint applications_represented_by_fkey foreign key (represented_by) references organisations (id),
    add constraint applications_copied_from_fkey foreign key (copied_from) references applications (id),
    add constraint applications_nobody_represents_themselves check (represented_by <> organisation_id),
    add constraint applications_is_no_copy_of_itself check (copied_from <> id);
create index applications_by_vendor on applications (represented_by, organisation_id) where represented_by is not null;
update applications set over_since = updated_at where state in ('approved', 'refused', 'withdrawn');

-- Whom a demande is filed for does not change once it was received; its end is dated by the act that ends it.
create function applications_keep_their_vendor() returns trigger
    language plpgsql as $$
begin
    if new.represented_by is distinct from old.represented_by and (old.version > 0 or old.represented_by is not null) then
        raise exception 'whom a demande is filed for does not change'
            using errcode = 'check_violation', constraint = 'applications_keep_their_vendor';
    end if;
    if new.state is distinct from old.state then
        new.over_since := case when new.state in ('approved', 'refused', 'withdrawn') then new.updated_at end;
    end if;
    return new;
end
$$;
create trigger applications_keep_their_vendor before update on applications
    for each row execute function applications_keep_their_vendor();

alter table draft_steps
    drop constraint draft_steps_step_is_known,
    add constraint draft_steps_step_is_known check (step in
        ('service', 'cadre', 'niveau', 'donnees', 'traitement', 'contacts', 'adresse', 'texte', 'secteur', 'hebergement', 'mesure', 'engagements',
        'mandat'));

alter table application_versions
    -- reference, date, what the vendor does with the data, and its name; a missing value makes a check unknown, hence « is true »
    add constraint versions_mandate_is_whole check (not content ? 'mandate' or (
        is_line(content #>> '{mandate,reference}', 200) and content #>> '{mandate,reference}' <> ''
        and content #>> '{mandate,signed_on}' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
        and content #>> '{mandate,role}' in ('processor', 'software_only')
        and content #>> '{mandate,vendor,name}' <> ''
        and content #>> '{mandate,vendor,siret}' ~ '^[0-9]{14}$') is true);

-- A mandate stands in what a vendor files, and nowhere else; the data controller and the DPO are nobody of the vendor's.
create function application_versions_name_the_client_s_people() returns trigger
    language plpgsql as $$
declare
    vendor bigint;
begin
    select represented_by into vendor from applications where id = new.application_id;
    if (vendor is not null) <> (new.content ? 'mandate') then
        raise exception 'a mandate stands in what a vendor files, and nowhere else'
            using errcode = 'check_violation', constraint = 'versions_mandate_of_a_vendor';
    end if;
    if vendor is not null and exists (
        select from memberships join accounts on accounts.id = account_id
        where (organisation_id = vendor or account_id = new.submitted_by)
            and email in (new.content #>> '{contacts,data_controller,email}', new.content #>> '{contacts,data_protection_officer,email}')
    ) then
        raise exception 'the data controller and the DPO are the client''s'
            using errcode = 'check_violation', constraint = 'versions_name_the_client_s_people';
    end if;
    return new;
end
$$;
create trigger application_versions_name_the_client_s_people before insert on application_versions
    for each row execute function application_versions_name_the_client_s_people();

-- Somebody named in a demande acts through the link of their letter, without an account.
alter table journal
    drop constraint journal_actor_kind_is_known,
    add constraint journal_actor_kind_is_known check (actor_kind in ('person', 'operator', 'timer', 'contact'));

-- The link by which somebody of the client sees the demande, proposes their own contact details, objects. One demande, one person, one role.
-- Its secret is computed, not stored; it lasts until a month after the end of the demande, or after it was sent when that is later.
create table client_links (
    id uuid not null,
    application_id bigint not null,
    role text not null,
    -- as named in the version, and where the letter goes
    email text not null,
    name text not null,
    created_at timestamptz not null,
    -- a newer one was sent, or the person is no longer named
    withdrawn_at timestamptz,
    constraint client_links_pkey primary key (id),
    constraint client_links_of_one_application unique (application_id, id),
    constraint client_links_application_fkey foreign key (application_id) references applications (id),
    constraint client_links_role_is_known check (role in ('data_controller', 'data_protection_officer')),
    constraint client_links_email_is_an_address check (is_email(email)),
    constraint client_links_name_is_a_line check (is_line(name, 200) and name <> ''),
    constraint client_links_end_after_they_start check (withdrawn_at >= created_at)
);
-- one at a time for a role of a demande
create unique index client_links_open_once on client_links (application_id, role) where withdrawn_at is null;

-- What somebody of the client says against the demande. It stands until they lift it; it holds approval back until the team has read it.
create table objections (
    id bigint generated always as identity,
    application_id bigint not null,
    link_id uuid not null,
    role text not null,
    name text not null,
    reason text not null,
    made_at timestamptz not null,
    read_at timestamptz,
    read_by bigint,
    lifted_at timestamptz,
    constraint objections_pkey primary key (id),
    constraint objections_application_fkey foreign key (application_id) references applications (id),
    constraint objections_link_fkey foreign key (application_id, link_id) references client_links (application_id, id),
    constraint objections_read_by_fkey foreign key (read_by) references accounts (id),
    constraint objections_role_is_known check (role in ('data_controller', 'data_protection_officer')),
    constraint objections_name_is_a_line check (is_line(name, 200) and name <> ''),
    constraint objections_give_their_reason check (is_paragraph(reason, 2000) and reason <> ''),
    constraint objections_reading_is_whole check ((read_at is null) = (read_by is null)),
    constraint objections_are_read_after_they_are_made check (read_at >= made_at and lifted_at >= made_at)
);
-- one at a time for a role of a demande
create unique index objections_stand_once on objections (application_id, role) where lifted_at is null;

-- No right is granted over an objection nobody of the team has read.
create function authorizations_wait_for_objections() returns trigger
    language plpgsql as $$
begin
    if exists (select from objections where application_id = new.application_id and lifted_at is null and read_at is null) then
        raise exception 'an objection has not been read' using errcode = 'check_violation', constraint = 'authorizations_wait_for_objections';
    end if;
    return new;
end
$$;
create trigger authorizations_wait_for_objections before insert on authorizations
    for each row execute function authorizations_wait_for_objections();

-- Contact details somebody of the client proposes for themself: read by the applicant and the team, taken over by the applicant.
create table contact_proposals (
    id bigint generated always as identity,
    application_id bigint not null,
    link_id uuid not null,
    role text not null,
    contact jsonb not null,
    proposed_at timestamptz not null,
    taken_at timestamptz,
    constraint contact_proposals_pkey primary key (id),
    constraint contact_proposals_application_fkey foreign key (application_id) references applications (id),
    constraint contact_proposals_link_fkey foreign key (application_id, link_id) references client_links (application_id, id),
    constraint contact_proposals_role_is_known check (role in ('data_controller', 'data_protection_officer')),
    constraint contact_proposals_contact_is_whole check ((
        is_line(contact ->> 'given_name', 100) and is_line(contact ->> 'family_name', 100) and is_line(contact ->> 'job_title', 100)
        and is_email(contact ->> 'email') and contact ->> 'phone' ~ '^\+[0-9]{6,15}$') is true),
    constraint contact_proposals_are_taken_after_they_are_made check (taken_at >= proposed_at)
);
create index contact_proposals_by_application on contact_proposals (application_id, id);

-- A list of clients read from a file, as its preview shows it: nothing is created until the vendor confirms.
create table client_imports (
    id uuid not null,
    account_id bigint not null,
    vendor_id bigint not null,
    -- the demande whose content the drafts start with, if any
    copied_from bigint,
    created_at timestamptz not null,
    -- the drafts were created then
    confirmed_at timestamptz,
    constraint client_imports_pkey primary key (id),
    constraint client_imports_account_fkey foreign key (account_id) references accounts (id),
    constraint client_imports_vendor_fkey foreign key (vendor_id) references organisations (id),
    constraint client_imports_copied_from_fkey foreign key (copied_from) references applications (id)
);
create index client_imports_by_age on client_imports (created_at);

create table client_import_lines (
    import_id uuid not null,
    -- as the file counts them
    number integer not null,
    -- as typed
    siret text not null,
    -- the other cells, by the name of the field they fill
    cells jsonb not null,
    -- what the register told when the file was read; nothing while it is to be confirmed
    name text,
    -- why nothing comes of it, in a sentence
    fault text,
    -- a draft is started once for a line, however often the import is confirmed
    start_key uuid not null,
    application_id bigint,
    constraint client_import_lines_pkey primary key (import_id, number),
    constraint client_import_lines_import_fkey foreign key (import_id) references client_imports (id) on delete cascade,
    constraint client_import_lines_application_fkey foreign key (application_id) references applications (id),
    constraint client_import_lines_cells_are_named check (jsonb_typeof(cells) = 'object' and octet_length(cells::text) <= 65536),
    constraint client_import_lines_texts_are_lines check (is_line(siret, 100) and is_line(name, 200) and is_line(fault, 500)),
    constraint client_import_lines_faults_create_nothing check (fault is null or application_id is null)
);
