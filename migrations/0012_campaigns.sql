-- Campaigns of experiment: what an order allows, with its dates and its number of places. Never constants of the program.

create table campaigns (
    id bigint generated always as identity,
    title text not null,
    -- the order that allows it, and where it is published
    legal_basis text not null,
    legal_basis_url text not null,
    -- first and last day on which a candidature may be handed in
    opens_on date not null,
    closes_on date not null,
    -- last day of the experiment: access to FranceConnect stops
    ends_on date not null,
    -- legal persons at most (« cent personnes morales »)
    capacity integer not null,
    created_at timestamptz not null,
    constraint campaigns_pkey primary key (id),
    constraint campaigns_title_is_a_line check (is_line(title, 200) and title <> ''),
    constraint campaigns_legal_basis_is_a_line check (is_line(legal_basis, 300) and legal_basis <> ''),
    constraint campaigns_legal_basis_url_is_a_line check (is_line(legal_basis_url, 500) and legal_basis_url like 'https://%'),
    constraint campaigns_dates_are_in_order check (opens_on <= closes_on and closes_on <= ends_on),
    constraint campaigns_capacity_is_positive check (capacity between 1 and 10000),
    -- the same one is not written down twice
    constraint campaigns_title_is_unique unique (title),
    -- one at a time takes candidatures: a visitor is told one state
    constraint campaigns_do_not_overlap exclude using gist (daterange(opens_on, closes_on, '[]') with &&)
);
