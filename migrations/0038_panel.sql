-- What makes the panel of a campaign representative, and what follows a place: the shares of the sectors, the day the reserve is released,
-- the days to confirm an approved place, and when a participation ends.

alter table campaigns
    -- from that day, places kept for sectors that did not use them go to whoever waits; until it, each sector's floor is kept
    add column reserved_until date,
    -- days a participant has to confirm an approved place before it goes on
    add column answer_within_days integer not null default 15,
    -- « l'année » of a participant: until the same day next year, or until the end of the campaign if sooner; or until that end whenever it began
    add column participation_ends text not null default 'anniversary',
    add constraint campaigns_answer_within_is_days check (answer_within_days between 1 and 90),
    add constraint campaigns_participation_end_is_known check (participation_ends in ('anniversary', 'campaign'));

-- Campaigns written down before sectors had shares kept nothing for anybody.
update campaigns set reserved_until = opens_on;

alter table campaigns
    alter column reserved_until set not null,
    add constraint campaigns_reserve_ends_in_time check (reserved_until between opens_on and ends_on);

-- What each of the six sectors of the order is sure to have until the reserve is released, and may have at most.
create table campaign_sectors (
    campaign_id bigint not null,
    sector text not null,
    floor integer not null,
    ceiling integer not null,
    constraint campaign_sectors_pkey primary key (campaign_id, sector),
    constraint campaign_sectors_campaign_id_fkey foreign key (campaign_id) references campaigns (id),
    constraint campaign_sectors_sector_is_known check (sector in ('sante', 'education', 'loisirs', 'transport', 'certification', 'location')),
    -- a ceiling above the capacity of the campaign is no ceiling
    constraint campaign_sectors_floor_is_under_the_ceiling check (0 <= floor and floor <= ceiling and ceiling between 1 and 10000)
);

insert into campaign_sectors (campaign_id, sector, floor, ceiling)
select id, sector, 0, capacity
from campaigns, unnest(array['sante', 'education', 'loisirs', 'transport', 'certification', 'location']) as sector;
