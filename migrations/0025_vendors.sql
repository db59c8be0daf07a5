-- The vendors' side, finished: the mandate itself comes with what is filed, and a list of clients says what it prepares.

-- What a vendor files counts the files that hold its mandate, one at least. What was filed before they were asked stays as it is.
create function application_versions_hold_their_mandate() returns trigger
    language plpgsql as $$
begin
    if new.content ? 'mandate' and (new.content #>> '{mandate,documents}' ~ '^[1-9][0-9]*$') is not true then
        raise exception 'what a vendor files comes with its mandate'
            using errcode = 'check_violation', constraint = 'versions_mandate_is_joined';
    end if;
    return new;
end
$$;
create trigger application_versions_hold_their_mandate before insert on application_versions
    for each row execute function application_versions_hold_their_mandate();

-- An organisation as a reader names it: while no register does, in the words of their membership, else in those of the vendor they file for it
-- with. Nobody names it for somebody else.
create function organisation_named_by(reader bigint, organisation bigint, vendor bigint) returns text
    language sql stable as $$
select case when source <> 'declared' then name else coalesce(
    (select declared_name from memberships where account_id = reader and organisation_id = organisation),
    (select declared_name from representations
        where vendor_id = vendor and client_id = organisation and declared_name is not null
            and exists (select from memberships where account_id = reader and organisation_id = vendor)
        order by declared_at desc limit 1),
    name) end
from organisations where id = organisation
$$;

alter table client_imports
    -- what each line starts as, by the name of the preset; administrations when nobody was asked
    add column preset text not null default 'administration',
    add constraint client_imports_preset_is_named check (is_line(preset, 40) and preset <> '');
update client_imports set preset = case kind
        when 'private_address_change' then 'adresse'
        when 'private_identity_check' then 'identite'
        when 'experiment' then 'experimentation'
        else 'administration' end
    from applications where applications.id = client_imports.copied_from;

alter table client_import_lines
    -- what the register says otherwise than the list, in a sentence; the draft is created all the same
    add column note text,
    add constraint client_import_lines_note_is_a_line check (is_line(note, 500));
