-- Files sent with a message: those of the message, and gone with it.

alter table messages
    add constraint messages_of_their_demande unique (id, application_id);
alter table attachments
    add constraint attachments_of_their_demande unique (id, application_id);

-- A message's files, in the order they were chosen. What each is stands in attachments, without a field.
create table message_attachments (
    message_id bigint not null,
    -- six places: a seventh file finds none
    place smallint not null,
    attachment_id uuid not null,
    application_id bigint not null,
    constraint message_attachments_pkey primary key (message_id, place),
    constraint message_attachments_place_is_one_of_six check (place between 1 and 6),
    constraint message_attachments_are_of_one_message unique (attachment_id),
    -- the message and its files are about the same demande
    constraint message_attachments_message_fkey foreign key (message_id, application_id) references messages (id, application_id),
    constraint message_attachments_attachment_fkey foreign key (attachment_id, application_id)
        references attachments (id, application_id)
);
create index message_attachments_by_application on message_attachments (application_id);

-- A file comes with its message and goes with it: none joins one that was taken back, none leaves one that stands, none of a form is one.
create function message_attachments_follow_their_message() returns trigger
    language plpgsql as $$
declare
    link message_attachments := new;
    is_taken_back boolean;
begin
    if tg_op = 'DELETE' then
        link := old;
    end if;
    select taken_back_at is not null into is_taken_back from messages where id = link.message_id;
    if tg_op = 'UPDATE' or is_taken_back <> (tg_op = 'DELETE') then
        raise exception 'files come with their message and go with it'
            using errcode = 'check_violation', constraint = 'message_attachments_follow_their_message';
    end if;
    if tg_op = 'INSERT' and exists (select from attachments where id = link.attachment_id and field is not null) then
        raise exception 'a file of the form is not a message''s'
            using errcode = 'check_violation', constraint = 'message_attachments_are_of_no_field';
    end if;
    return link;
end
$$;
create trigger message_attachments_follow_their_message before insert or update or delete on message_attachments
    for each row execute function message_attachments_follow_their_message();

-- Checked at the end of the transaction that takes a message back: the act removes its files after its words.
create function messages_taken_back_hold_no_file() returns trigger
    language plpgsql as $$
begin
    if exists (select from message_attachments where message_id = new.id) then
        raise exception 'a message is taken back with its files'
            using errcode = 'check_violation', constraint = 'messages_taken_back_hold_no_file';
    end if;
    return null;
end
$$;
create constraint trigger messages_taken_back_hold_no_file after update of taken_back_at on messages
    deferrable initially deferred for each row execute function messages_taken_back_hold_no_file();
