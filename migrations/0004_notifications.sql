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
    attempts integer not null default 0,
    next_try_at timestamptz not null,
    -- a worker has it until then; afterwards another may take it
    locked_until timestamptz,
    last_error text,
    sent_at timestamptz,
    constraint outbox_pkey primary key (id),
    constraint outbox_letter_is_written_once unique (deduplication_key),
    constraint outbox_recipient_is_an_address check (is_email(recipient_address)),
    constraint outbox_recipient_name_is_a_line check (is_line(recipient_name, 200)),
    -- ambiguous: the line dropped after the whole letter was handed over, it may have left
    constraint outbox_state_is_known check (state in ('waiting', 'held', 'sent', 'ambiguous', 'dead')),
    constraint outbox_sent_has_a_date check ((state = 'sent') = (sent_at is not null)),
    constraint outbox_error_is_short check (last_error is null or char_length(last_error) <= 1000)
);
create index outbox_due on outbox (next_try_at, id) where state in ('waiting', 'ambiguous');
create index outbox_by_application on outbox (application_id) where application_id is not null;
