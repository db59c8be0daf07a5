-- A granted place is confirmed by its holder, within the days its campaign gave when it was granted; otherwise the right it came with ends, and the
-- place goes to the next one. A place granted before this rule has no offer: nothing is asked of its holder.

-- One each time a place is granted: the last one counts.
create table place_offers (
    id bigint generated always as identity,
    application_id bigint not null,
    offered_at timestamptz not null,
    -- the last day to confirm, Paris
    answer_by date not null,
    constraint place_offers_pkey primary key (id),
    constraint place_offers_standing_fkey foreign key (application_id) references standings (application_id),
    -- from one to ninety days, as campaigns give
    constraint place_offers_leave_time_to_answer check (answer_by - (offered_at at time zone 'Europe/Paris')::date between 1 and 90)
);
create trigger place_offers_are_immutable before update or delete on place_offers for each row execute function refuse_rewriting();
create index place_offers_by_application on place_offers (application_id, id);

-- Once: who confirmed holds the place until the participation ends.
create table place_confirmations (
    offer_id bigint not null,
    confirmed_by bigint not null,
    confirmed_at timestamptz not null,
    constraint place_confirmations_pkey primary key (offer_id),
    constraint place_confirmations_offer_fkey foreign key (offer_id) references place_offers (id),
    constraint place_confirmations_confirmed_by_fkey foreign key (confirmed_by) references accounts (id)
);
create trigger place_confirmations_are_immutable before update or delete on place_confirmations
    for each row execute function refuse_rewriting();

alter table participation_ends
    drop constraint participation_ends_cause_is_known,
    -- its year or its campaign was over, the right was revoked, or its holder gave the place back
    add constraint participation_ends_cause_is_known check (cause in ('term', 'revocation', 'renunciation'));

-- The offer of the place a candidature holds, while its holder has not answered.
create view open_offers as
select offer.id, offer.application_id, offer.offered_at, offer.answer_by
from (select distinct on (application_id) * from place_offers order by application_id, id desc) as offer
    join standings standing on standing.application_id = offer.application_id
where standing.standing = 'granted' and not exists (select from place_confirmations answer where answer.offer_id = offer.id);
