-- What the page of the panel reads: the heads of each line, the other candidatures of a legal person, and the legal persons of private law of
-- the register, counted once for each stock that is imported.

-- the first ones of a sector's line, and how many stand before somebody in it
create index standings_waiting_by_sector on standings (campaign_id, sector, turn) where standing = 'waiting';
-- who waits because their legal person holds a place
create index standings_waiting_by_legal_person on standings (campaign_id, siren) where standing = 'waiting';

-- when each demande was handed in first, without its content: arrivals are counted day by day
create index application_versions_first on application_versions (application_id) include (submitted_at) where number = 1;

-- Legal persons of private law by size and region, as the last stock of the register holds them: written by its import, read as a comparison
-- and nothing else. Size and region count in no order.
create table stock_spread (
    -- the day the stock speaks of
    stock_date date not null,
    -- by the employees of the legal unit
    size text not null,
    -- by the commune of its open head office; empty when it is not told, or abroad
    region text not null,
    units bigint not null,
    constraint stock_spread_pkey primary key (size, region),
    constraint stock_spread_size_is_known check (size in ('under_ten', 'tens', 'under_two_hundred_fifty', 'larger', 'unknown')),
    constraint stock_spread_region_is_a_line check (region = '' or is_line(region, 100)),
    constraint stock_spread_counts_somebody check (units > 0)
);
