-- The end of a participation (S7 of the published rules): « Supprimer l'accès à FranceConnect à l'issue de l'expérimentation et détruire les données
-- obtenues dans le cadre de l'expérimentation ». The participant certifies it; the team may put it on notice to.

-- A certificate, and its corrections: the highest number holds, the others stay.
create table destruction_certificates (
    application_id bigint not null,
    number integer not null,
    access_removed_on date not null,
    -- what became of the data: destroyed, kept in part, or never held
    fate text not null,
    destroyed_on date,
    -- what is kept, and the text that founds it; nothing when nothing is
    kept text not null,
    legal_basis text not null,
    -- how access was removed and data destroyed
    method text not null,
    -- who signs for the legal person, as they are that day
    signatory_name text not null,
    signatory_quality text not null,
    -- what looked odd and was confirmed all the same, or nothing
    confirmed text not null,
    -- why it is corrected; nothing for the first
    because text not null,
    signed_by bigint not null,
    author_name text not null,
    signed_at timestamptz not null,
    -- the same certificate is not signed twice: what comes after is a correction, and two corrections of the same one cannot both follow it
    constraint destruction_certificates_pkey primary key (application_id, number),
    -- nothing is certified of a participation that goes on
    constraint destruction_certificates_follow_an_end foreign key (application_id) references participation_ends (application_id),
    constraint destruction_certificates_signed_by_fkey foreign key (signed_by) references accounts (id),
    constraint destruction_certificates_are_numbered_from_one check (number >= 1),
    -- nobody certifies what is to come
    constraint destruction_certificates_tell_the_past check (access_removed_on <= (signed_at at time zone 'Europe/Paris')::date
        and (destroyed_on is null or destroyed_on <= (signed_at at time zone 'Europe/Paris')::date)),
    constraint destruction_certificates_fate_is_known check (fate in ('destroyed', 'kept_in_part', 'never_held')),
    constraint destruction_certificates_fate_has_its_day check ((fate = 'never_held') = (destroyed_on is null)),
    -- what is kept is said, with what founds it
    constraint destruction_certificates_say_what_is_kept check ((fate = 'kept_in_part') = (kept <> '') and (kept = '') = (legal_basis = '')),
    constraint destruction_certificates_kept_is_a_paragraph check (is_paragraph(kept, 2000)),
    constraint destruction_certificates_legal_basis_is_a_line check (is_line(legal_basis, 300)),
    constraint destruction_certificates_method_is_written check (is_paragraph(method, 2000) and method <> ''),
    constraint destruction_certificates_are_signed check (is_line(signatory_name, 130) and signatory_name <> ''
        and is_line(signatory_quality, 130) and signatory_quality <> ''),
    constraint destruction_certificates_confirmed_is_a_paragraph check (is_paragraph(confirmed, 4000)),
    constraint destruction_certificates_corrections_say_why check (is_line(because, 300) and (number = 1) = (because = '')),
    constraint destruction_certificates_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);

-- Numbers follow one another, and access is not removed before it opened.
create function destruction_certificates_make_sense() returns trigger
    language plpgsql as $$
begin
    if new.number > 1 and not exists (
        select from destruction_certificates where application_id = new.application_id and number = new.number - 1) then
        raise exception 'a correction follows what it corrects'
            using errcode = 'check_violation', constraint = 'destruction_certificates_follow_one_another';
    end if;
    if exists (select from participations where application_id = new.application_id and began_on > least(new.access_removed_on, new.destroyed_on)) then
        raise exception 'access was not removed before it opened'
            using errcode = 'check_violation', constraint = 'destruction_certificates_follow_the_opening';
    end if;
    return new;
end
$$;
create trigger destruction_certificates_make_sense before insert on destruction_certificates
    for each row execute function destruction_certificates_make_sense();
create trigger destruction_certificates_are_immutable before update or delete on destruction_certificates
    for each row execute function refuse_rewriting();

-- Files of a certificate: the minutes of a destruction, for instance.
create table destruction_attachments (
    application_id bigint not null,
    number integer not null,
    -- six places: a seventh file finds none
    place smallint not null,
    attachment_id uuid not null,
    constraint destruction_attachments_pkey primary key (application_id, number, place),
    constraint destruction_attachments_place_is_one_of_six check (place between 1 and 6),
    constraint destruction_attachments_are_of_one_certificate unique (attachment_id),
    constraint destruction_attachments_certificate_fkey foreign key (application_id, number)
        references destruction_certificates (application_id, number),
    constraint destruction_attachments_attachment_fkey foreign key (attachment_id, application_id) references attachments (id, application_id)
);
create trigger destruction_attachments_are_immutable before update or delete on destruction_attachments
    for each row execute function refuse_rewriting();

-- Formal notices to certify (« mises en demeure »): somebody of the team writes each.
create table destruction_notices (
    id bigint generated always as identity,
    application_id bigint not null,
    facts text not null,
    -- the last day to certify
    until date not null,
    sent_by bigint not null,
    author_name text not null,
    author_quality text not null,
    author_service text not null,
    sent_at timestamptz not null,
    constraint destruction_notices_pkey primary key (id),
    constraint destruction_notices_follow_an_end foreign key (application_id) references participation_ends (application_id),
    constraint destruction_notices_sent_by_fkey foreign key (sent_by) references accounts (id),
    constraint destruction_notices_say_why check (is_paragraph(facts, 5000) and facts <> ''),
    -- fifteen days at least
    constraint destruction_notices_leave_time check (until >= (sent_at at time zone 'Europe/Paris')::date + 15),
    constraint destruction_notices_are_signed check (is_line(author_name, 130) and author_name <> '' and is_line(author_quality, 130)
        and author_quality <> '' and author_service <> '')
);
create index destruction_notices_by_application on destruction_notices (application_id, id);
create trigger destruction_notices_are_immutable before update or delete on destruction_notices
    for each row execute function refuse_rewriting();
