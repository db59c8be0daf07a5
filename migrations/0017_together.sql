-- Several people on one demande: colleagues invited to fill it, its passing from one person to another, and the messages exchanged about it.

-- An offer made to an address: to help fill a demande, or to become the one who files it. Where it stands is told by its dates.
create table invitations (
    -- the number its letter leads to; it opens nothing by itself: whoever answers is signed in with that address
    id uuid not null,
    application_id bigint not null,
    purpose text not null,
    address text not null,
    invited_by bigint not null,
    invited_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    refused_at timestamptz,
    answered_by bigint,
    -- taken back before an answer, or the right it gave ended after one
    ended_at timestamptz,
    ended_by bigint,
    constraint invitations_pkey primary key (id),
    constraint invitations_application_fkey foreign key (application_id) references applications (id),
    constraint invitations_invited_by_fkey foreign key (invited_by) references accounts (id),
    constraint invitations_answered_by_fkey foreign key (answered_by) references accounts (id),
    constraint invitations_ended_by_fkey foreign key (ended_by) references accounts (id),
    constraint invitations_purpose_is_known check (purpose in ('fill', 'hand_over')),
    constraint invitations_address_is_an_address check (is_email(address)),
    constraint invitations_expire_after_they_are_made check (expires_at > invited_at),
    constraint invitations_are_answered_once check (
        num_nonnulls(accepted_at, refused_at) <= 1 and (answered_by is null) = (accepted_at is null and refused_at is null)),
    constraint invitations_are_answered_in_time check (accepted_at < expires_at),
    constraint invitations_nobody_answers_their_own check (answered_by <> invited_by),
    constraint invitations_end_is_whole check ((ended_at is null) = (ended_by is null)),
    constraint invitations_refused_ones_are_over check (refused_at is null or ended_at is null)
);
-- one offer waits at a time: for an address to help, for a whole demande to change hands
create unique index invitations_one_open_per_address on invitations (application_id, address)
    where purpose = 'fill' and accepted_at is null and refused_at is null and ended_at is null;
create unique index invitations_one_open_hand_over on invitations (application_id)
    where purpose = 'hand_over' and accepted_at is null and refused_at is null and ended_at is null;
-- somebody helps once
create unique index invitations_one_right_each on invitations (application_id, answered_by)
    where purpose = 'fill' and accepted_at is not null and ended_at is null;
create index invitations_by_address on invitations (address)
    where accepted_at is null and refused_at is null and ended_at is null;
create index invitations_by_helper on invitations (answered_by)
    where purpose = 'fill' and accepted_at is not null and ended_at is null;

-- Who is named in a version, by the address given: they see its summary.
create index application_versions_by_data_controller on application_versions ((content #>> '{contacts,data_controller,email}'));
create index application_versions_by_data_protection_officer on application_versions ((content #>> '{contacts,data_protection_officer,email}'));
create index application_versions_by_technical_contact on application_versions ((content #>> '{contacts,technical_contact,email}'));

-- What the applicant's side and the team write to each other about a demande.
create table messages (
    id bigint generated always as identity,
    application_id bigint not null,
    side text not null,
    author_id bigint not null,
    -- gone once the message is taken back
    body text,
    -- made with the page: pressing twice posts once
    post_key uuid not null,
    posted_at timestamptz not null,
    taken_back_at timestamptz,
    constraint messages_pkey primary key (id),
    constraint messages_application_fkey foreign key (application_id) references applications (id),
    constraint messages_author_fkey foreign key (author_id) references accounts (id),
    constraint messages_are_posted_once unique (author_id, post_key),
    constraint messages_side_is_known check (side in ('applicant', 'team')),
    constraint messages_body_is_written check (is_paragraph(body, 5000) and body <> ''),
    constraint messages_taken_back_have_no_body check ((body is null) = (taken_back_at is not null)),
    constraint messages_are_taken_back_within_five_minutes check (
        taken_back_at >= posted_at and taken_back_at <= posted_at + interval '5 minutes')
);
create index messages_by_application on messages (application_id, id);
create index messages_by_author on messages (author_id, posted_at);

-- A message is written once, and can only be taken back.
create function messages_are_only_taken_back() returns trigger
    language plpgsql as $$
begin
    if (new.id, new.application_id, new.side, new.author_id, new.post_key, new.posted_at)
        is distinct from (old.id, old.application_id, old.side, old.author_id, old.post_key, old.posted_at)
        or old.taken_back_at is not null or new.taken_back_at is null then
        raise exception 'a message is taken back or stays as it is'
            using errcode = 'check_violation', constraint = 'messages_are_only_taken_back';
    end if;
    return new;
end
$$;
create trigger messages_are_only_taken_back before update on messages
    for each row execute function messages_are_only_taken_back();
create trigger messages_are_never_deleted before delete on messages
    for each row execute function refuse_rewriting();

-- How far somebody has read, and up to which message a letter has told them of: none leaves while an earlier one is unread.
create table message_readers (
    application_id bigint not null,
    account_id bigint not null,
    read_up_to bigint not null default 0,
    told_up_to bigint not null default 0,
    constraint message_readers_pkey primary key (application_id, account_id),
    constraint message_readers_application_fkey foreign key (application_id) references applications (id),
    constraint message_readers_account_fkey foreign key (account_id) references accounts (id),
    constraint message_readers_never_go_back check (read_up_to >= 0 and told_up_to >= 0)
);
create index message_readers_by_account on message_readers (account_id);
