-- Screens of the journey, sent with a request to go to production: the team compares them with what the « cahier des charges » asks.
create table go_live_attachments (
    request_id bigint not null,
    -- six places: a seventh file finds none
    place smallint not null,
    attachment_id uuid not null,
    constraint go_live_attachments_pkey primary key (request_id, place),
    constraint go_live_attachments_place_is_one_of_six check (place between 1 and 6),
    constraint go_live_attachments_are_of_one_request unique (attachment_id),
    constraint go_live_attachments_request_fkey foreign key (request_id) references go_live_requests (id),
    constraint go_live_attachments_attachment_fkey foreign key (attachment_id) references attachments (id)
);
create trigger go_live_attachments_are_immutable before update or delete on go_live_attachments
    for each row execute function refuse_rewriting();
