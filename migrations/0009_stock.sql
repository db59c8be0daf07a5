-- INSEE's monthly stock of the Sirene register, as `habilitation sirene import` reads it: what rules and searches need, nothing else.
-- An import fills tables of the same shape beside these and puts them in their place at once; nobody else writes here. Numbers are
-- stored as integers, a third of the size of their digits: what is read gets its leading zeros back.

create table stock_imports (
    number integer not null,
    imported_at timestamptz not null,
    -- the newest dateDernierTraitement: the day the stock speaks of
    stock_date date not null,
    unit_file text not null,
    establishment_file text not null,
    units bigint not null,
    establishments bigint not null,
    bad_units bigint not null,
    bad_establishments bigint not null,
    -- establishments whose legal unit the stock does not hold
    without_unit bigint not null,
    constraint stock_imports_pkey primary key (number),
    constraint stock_imports_files_are_lines check (is_line(unit_file, 300) and is_line(establishment_file, 300)),
    -- an empty register is refused
    constraint stock_imports_is_not_empty check (units > 0 and establishments > 0)
);

create table stock_units (
    siren integer not null,
    created_on date,
    -- null: not told, or a code of an old nomenclature
    legal_category smallint,
    is_active boolean,
    partial_disclosure boolean not null,
    -- denomination, the name of a person who discloses it, or a usual name; empty when masked
    name text not null,
    -- NAF rév. 2 only: codes of older nomenclatures are left out
    activity_code text not null,
    activity_code_2025 text not null,
    association_number text not null,
    headcount_band text not null,
    -- folded words of its names; none for a natural person, whom nobody looks for here
    words tsvector not null,
    constraint stock_units_pkey primary key (siren),
    constraint stock_units_siren_has_9_digits check (siren between 0 and 999999999)
);

create table stock_establishments (
    -- its legal unit is the quotient by 100 000: one index finds an establishment, and all of a unit
    siret bigint not null,
    created_on date,
    -- first day of the current period: for a closed one, the day it closed
    state_since date,
    is_open boolean,
    is_head_office boolean not null,
    partial_disclosure boolean not null,
    -- usual name or sign, or nothing
    name text not null,
    street text not null,
    postal_code text not null,
    town text not null,
    -- INSEE's code of the commune, or that of the country abroad
    commune text not null,
    country text not null,
    -- folded words of its names and its town
    words tsvector not null,
    constraint stock_establishments_pkey primary key (siret),
    constraint stock_establishments_siret_has_14_digits check (siret between 0 and 99999999999999)
);

-- What is searched by name: establishments of legal persons. They lie in the order in which people look for them (open head offices,
-- open ones, the others), so that the first rows of a search are the best ones; and open head offices have an index of their own: a word
-- that millions of names hold is rarely looked for beyond them.
create table stock_names (
    siret bigint not null,
    is_open_head_office boolean not null,
    words tsvector not null
);
create index stock_names_of_open_head_offices on stock_names using gin (words) with (fastupdate = off) where is_open_head_office;
create index stock_names_of_others on stock_names using gin (words) with (fastupdate = off) where not is_open_head_office;

-- The first establishments in that order; no more are read, however many match. Sequential scans are ruled out because an estimate
-- that is too high would read the whole table to find nothing, compiling because it takes longer than the search. Its body names the
-- table when it runs: the next import puts another one in its place.
create function stock_candidates(asked tsquery, most integer) returns setof bigint
    language sql stable rows 300
    set enable_seqscan = off
    set jit = off
    set max_parallel_workers_per_gather = 0
    as $$
        select siret from (
            (select siret from stock_names where is_open_head_office and words @@ asked limit most)
            union all
            (select siret from stock_names where not is_open_head_office and words @@ asked limit most)
        ) as candidates
        limit most
    $$;
