-- The outbox: letters written in the transaction of the act, sent afterwards. The number of the row makes the Message-ID.

create table outbox (
    id uuid not null,
    -- what makes the letter one: event, recipient and kind; the same letter cannot be written twice
    deduplication_key text not null,
    kind text not null,
    recipient_address text not null,
    recipient_name text not null,
    -- the values the letter says; never a password, never a link's secret
    letter jsonb not null,
    application_id bigint,
    created_at timestamptz not null,
    state text not null default 'waiting',
    -- tries of this letter; a mail server that is away is not one
    attempts integer not null default 0,
    -- tries after which nobody could say whether the letter left: above zero, the recipient may have it twice
    doubtful_attempts integer not null default 0,
    next_try_at timestamptz not null,
    -- no more tries afterwards
    give_up_at timestamptz not null,
    -- a worker has it until then; afterwards another may take it
    locked_until timestamptz,
    -- which taking that was: a worker that lost its letter cannot settle it
    claim uuid,
    last_error text,
    sent_at timestamptz,
    constraint outbox_pkey primary key (id),
    constraint outbox_letter_is_written_once unique (deduplication_key),
    constraint outbox_recipient_is_an_address check (is_email(recipient_address)),
    constraint outbox_recipient_name_is_a_line check (is_line(recipient_name, 200)),
    -- ambiguous: the line dropped after the whole letter was handed over, twice: it may have left
    constraint outbox_state_is_known check (state in ('waiting', 'held', 'sent', 'ambiguous', 'dead')),
    constraint outbox_sent_has_a_date check ((state = 'sent') = (sent_at is not null)),
    constraint outbox_only_a_waiting_letter_is_taken check (
        (locked_until is null) = (claim is null) and (locked_until is null or state = 'waiting')),
    constraint outbox_tries_are_counted check (attempts >= 0 and doubtful_attempts >= 0),
    constraint outbox_error_is_short check (last_error is null or char_length(last_error) <= 1000)
);
create index outbox_waiting on outbox (id) where state = 'waiting';
create index outbox_waiting_by_recipient on outbox (recipient_address, id) where state = 'waiting';
create index outbox_by_application on outbox (application_id) where application_id is not null;

-- Workers sleep until a letter is there to be sent; they are woken when the act commits.
create function outbox_wakes_workers() returns trigger
    language plpgsql as $$
begin
    notify outbox;
    return null;
end
$$;
create trigger outbox_new_letter_wakes_workers after insert on outbox
    for each statement execute function outbox_wakes_workers();
create trigger outbox_letter_put_back_wakes_workers after update on outbox
    for each row when (new.state = 'waiting' and old.state <> 'waiting') execute function outbox_wakes_workers();
