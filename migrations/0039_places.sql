-- The places of an experiment, who holds them, and the line of those who wait. A place is a number that one candidature may hold: there are as
-- many numbers as places, so nothing has to be counted for the panel never to be over-full, in any transaction, from any session.
-- The desk's own role reads these tables and changes them through the functions at the end alone.

-- INSEE legal categories of administrations: `organisations::LegalCategory` holds the same list, and a test compares both.
create function is_public_category(category text) returns boolean
    language sql immutable parallel safe
    return category in (
        '4160', '7111', '7112', '7113', '7120', '7150', '7160', '7171', '7172', '7179', '7190', '7210', '7220', '7225', '7229', '7230',
        '7312', '7313', '7314', '7331', '7340', '7341', '7342', '7343', '7344', '7346', '7347', '7348', '7351', '7352', '7353', '7354',
        '7355', '7356', '7357', '7361', '7362', '7364', '7365', '7366', '7367', '7371', '7372', '7373', '7378', '7379', '7381', '7382',
        '7383', '7384', '7385', '7389', '7430', '7450', '7470', '7490', '8110', '8120', '8140', '8150', '8160', '8170', '8450');

alter table organisations
    add column is_public boolean not null generated always as (is_public_category(legal_category)) stored,
    -- for those that must follow what it is
    add constraint organisations_nature_is_followed unique (id, siren, is_public);

alter table campaigns
    -- how many times its line was looked at: what is written down in one look counts together
    add column line_moment integer not null default 0,
    -- the day came when no place is kept for a sector any more
    add column reserve_released boolean not null default false,
    add constraint campaigns_capacity_is_followed unique (id, capacity);

alter table campaign_sectors
    add constraint campaign_sectors_ceiling_is_followed unique (campaign_id, sector, ceiling);

alter table applications
    add constraint applications_standing_is_followed unique (id, campaign_id, organisation_id, arrival_rank, state);

-- One row a place, from 1 to the capacity: « libre » is for anybody, the others are kept for a sector.
create table places (
    campaign_id bigint not null,
    number integer not null,
    pool text not null default 'libre',
    capacity integer not null,
    constraint places_pkey primary key (campaign_id, number),
    constraint places_pool_is_followed unique (campaign_id, number, pool),
    constraint places_capacity_fkey foreign key (campaign_id, capacity) references campaigns (id, capacity) on update cascade,
    constraint places_are_within_the_capacity check (number between 1 and capacity),
    constraint places_pool_is_known check (pool in
        ('libre', 'sante', 'education', 'loisirs', 'transport', 'certification', 'location'))
);

-- What a sector may hold at most, the same way: one row a slot, up to the ceiling.
create table sector_slots (
    campaign_id bigint not null,
    sector text not null,
    number integer not null,
    ceiling integer not null,
    constraint sector_slots_pkey primary key (campaign_id, sector, number),
    constraint sector_slots_ceiling_fkey foreign key (campaign_id, sector, ceiling)
        references campaign_sectors (campaign_id, sector, ceiling) on update cascade,
    constraint sector_slots_are_within_the_ceiling check (number between 1 and ceiling)
);

-- Where every complete candidature stands.
create table standings (
    application_id bigint not null,
    campaign_id bigint not null,
    organisation_id bigint not null,
    arrival_rank integer not null,
    -- follows the demande: what is approved holds a place
    application_state text not null,
    siren text not null,
    -- follows the organisation: a public body holds none
    is_public boolean not null,
    -- what the last look at the line knew of it
    counted_public boolean not null,
    -- the order in line: that of arrival, or of completion for who let the limit of missing items pass
    turn integer not null,
    -- as declared, or as a reviewer corrected it
    sector text not null,
    standing text not null,
    since timestamptz not null,
    place_number integer,
    place_pool text,
    slot_number integer,
    granted_at timestamptz,
    left_because text,
    holder text generated always as (case when place_number is not null then siren end) stored,
    constraint standings_pkey primary key (application_id),
    constraint standings_rank_is_followed unique (application_id, arrival_rank),
    constraint standings_application_fkey foreign key (application_id, campaign_id, organisation_id, arrival_rank, application_state)
        references applications (id, campaign_id, organisation_id, arrival_rank, state) on update cascade,
    constraint standings_organisation_fkey foreign key (organisation_id, siren, is_public)
        references organisations (id, siren, is_public) on update cascade,
    constraint standings_place_fkey foreign key (campaign_id, place_number, place_pool)
        references places (campaign_id, number, pool) on update cascade,
    constraint standings_slot_fkey foreign key (campaign_id, sector, slot_number) references sector_slots (campaign_id, sector, number),
    constraint standings_sector_fkey foreign key (campaign_id, sector) references campaign_sectors (campaign_id, sector),
    -- the cap: a place has one holder, a slot of a sector too
    constraint standings_place_has_one_holder unique (campaign_id, place_number),
    constraint standings_slot_has_one_holder unique (campaign_id, sector, slot_number),
    -- a legal person holds one place of a campaign, however many candidatures it sends
    constraint standings_legal_person_holds_one_place unique (campaign_id, holder),
    constraint standings_turns_are_distinct unique (campaign_id, turn),
    constraint standings_turn_is_positive check (turn >= 1),
    constraint standings_standing_is_known check (standing in ('waiting', 'reserved', 'granted', 'left')),
    constraint standings_holds_a_whole_place_or_none check (
        (standing in ('reserved', 'granted')) = (place_number is not null)
        and (place_number is null) = (place_pool is null) and (place_number is null) = (slot_number is null)),
    constraint standings_place_serves_its_sector check (place_pool in ('libre', sector)),
    constraint standings_public_body_holds_no_place check (not is_public or place_number is null),
    constraint standings_grant_is_dated check (
        case standing when 'granted' then granted_at is not null when 'left' then true else granted_at is null end),
    constraint standings_leaving_has_a_reason check ((standing = 'left') = (left_because is not null)),
    constraint standings_reason_of_leaving_is_known check (left_because in
        ('refused', 'withdrawn', 'closed', 'silence', 'items_missing', 'revoked', 'renounced', 'unconfirmed', 'ended')),
    -- what is over holds nothing
    constraint standings_what_is_over_has_left check (application_state not in ('refused', 'withdrawn', 'closed') or standing = 'left')
);
create index standings_waiting on standings (campaign_id, turn) where standing = 'waiting';
create index standings_held on standings (campaign_id, sector) where place_number is not null;
create index standings_by_organisation on standings (organisation_id);

-- Everything the order depends on, as it happened: replayed, it gives the standings.
create table line_facts (
    campaign_id bigint not null,
    number integer not null,
    -- facts of one moment count together: the line moves once
    moment integer not null,
    at timestamptz not null,
    fact text not null,
    application_id bigint,
    turn integer,
    siren text,
    sector text,
    is_public boolean,
    because text,
    -- of the panel: capacity, share of each sector, whether places are still kept
    capacity integer,
    shares jsonb,
    is_released boolean,
    constraint line_facts_pkey primary key (campaign_id, number),
    constraint line_facts_campaign_fkey foreign key (campaign_id) references campaigns (id),
    constraint line_facts_application_fkey foreign key (application_id) references applications (id),
    constraint line_facts_are_whole check (case fact
        when 'panel' then num_nulls(capacity, shares, is_released) = 0 and application_id is null
        when 'released' then application_id is null
        when 'entered' then num_nulls(application_id, turn, siren, sector, is_public) = 0
        when 'left' then num_nulls(application_id, because) = 0
        when 'granted' then application_id is not null
        when 'sector' then num_nulls(application_id, sector) = 0
        when 'nature' then num_nulls(application_id, is_public) = 0
        else false end)
);
create trigger line_facts_are_immutable before update or delete on line_facts
    for each row execute function refuse_rewriting();

-- Labels the places as the floors ask: those a sector holds first, then free ones. Nothing is kept once the reserve is released.
create function label_pools(campaign bigint) returns void
    language plpgsql as $$
declare
    share record;
    labelled integer;
begin
    update places set pool = 'libre' where campaign_id = campaign and pool <> 'libre';
    if (select reserve_released from campaigns where id = campaign) then return; end if;
    for share in select sector, floor from campaign_sectors where campaign_id = campaign and floor > 0 order by sector loop
        update places set pool = share.sector where campaign_id = campaign and number in (
            select place.number
            from places place left join standings held on (held.campaign_id, held.place_number) = (place.campaign_id, place.number)
            where place.campaign_id = campaign and place.pool = 'libre' and (held.application_id is null or held.sector = share.sector)
            order by held.application_id is null, place.number limit share.floor);
        get diagnostics labelled = row_count;
        if labelled < share.floor then
            raise exception 'sector % is promised % places, % can be kept', share.sector, share.floor, labelled
                using errcode = 'check_violation', constraint = 'campaign_sectors_floors_can_be_kept';
        end if;
    end loop;
end
$$;

-- As many places and slots as the campaign says; those there are stay.
create function lay_places(campaign bigint) returns void
    language plpgsql as $$
begin
    insert into places (campaign_id, number, capacity)
    select id, generate_series(1, capacity), capacity from campaigns where id = campaign
    on conflict on constraint places_pkey do nothing;
    insert into sector_slots (campaign_id, sector, number, ceiling)
    select campaign_id, sector, generate_series(1, least(ceiling, capacity)), ceiling
    from campaign_sectors join campaigns on id = campaign_id where campaign_id = campaign
    on conflict on constraint sector_slots_pkey do nothing;
    perform label_pools(campaign);
end
$$;

-- Writes a fact down, under the next number: the campaign's row is held.
create function note_fact(campaign bigint, moment integer, at timestamptz, fact text, application bigint default null, turn integer default null,
    siren text default null, sector text default null, is_public boolean default null, because text default null) returns void
    language sql
    begin atomic
        insert into line_facts (campaign_id, number, moment, at, fact, application_id, turn, siren, sector, is_public, because)
        values (campaign, coalesce((select max(number) from line_facts where campaign_id = campaign), 0) + 1, moment, at, fact, application, turn,
            siren, sector, is_public, because);
    end;

create function note_panel(campaign bigint, moment integer, at timestamptz) returns void
    language sql
    begin atomic
        insert into line_facts (campaign_id, number, moment, at, fact, capacity, shares, is_released)
        select id, coalesce((select max(number) from line_facts where campaign_id = id), 0) + 1, moment, at, 'panel', capacity,
            (select jsonb_object_agg(sector, jsonb_build_object('floor', floor, 'ceiling', ceiling))
                from campaign_sectors where campaign_id = id), reserve_released
        from campaigns where id = campaign;
    end;

-- Starts a look at the line. The campaign's row is changed, not only locked: whoever comes second waits at READ COMMITTED and reads again, and
-- is refused above it. Then what time and the register brought: places laid out the first time, the reserve released, who became public.
create function open_line(campaign bigint, at timestamptz, day date) returns integer
    language plpgsql as $$
declare
    held campaigns;
    changed record;
begin
    update campaigns set line_moment = line_moment + 1 where id = campaign returning * into held;
    if not found then
        raise exception 'there is no campaign %', campaign using errcode = 'foreign_key_violation', constraint = 'line_facts_campaign_fkey';
    end if;
    if not exists (select from places where campaign_id = campaign) then
        update campaigns set reserve_released = day >= reserved_until where id = campaign;
        perform lay_places(campaign);
        perform note_panel(campaign, held.line_moment, at);
    elsif not held.reserve_released and day >= held.reserved_until then
        update campaigns set reserve_released = true where id = campaign;
        perform label_pools(campaign);
        perform note_fact(campaign, held.line_moment, at, 'released');
    end if;
    for changed in
        update standings set counted_public = is_public where campaign_id = campaign and counted_public <> is_public
        returning application_id, is_public
    loop
        perform note_fact(campaign, held.line_moment, at, 'nature', changed.application_id, is_public => changed.is_public);
    end loop;
    return held.line_moment;
end
$$;

-- Seats whoever may be, in turn: a place of their own sector first, then one that is kept for nobody. Says who received what.
create function seat_waiting(campaign bigint, at timestamptz) returns table (seated bigint, place integer, pool text)
    language plpgsql as $$
#variable_conflict use_column
declare
    head record;
    chosen record;
begin
    loop
        with shares as (
            select share.sector, share.ceiling, case when campaigns.reserve_released then 0 else share.floor end as kept,
                count(held.application_id) as taken, campaigns.capacity
            from campaign_sectors share join campaigns on campaigns.id = share.campaign_id
                left join standings held on held.campaign_id = share.campaign_id and held.sector = share.sector
                    and held.place_number is not null
            where share.campaign_id = campaign group by share.sector, share.floor, share.ceiling, campaigns.id
        ), room as (
            select max(capacity) - sum(greatest(kept, taken)) as free from shares
        )
        select waiting.application_id, waiting.sector into head
        from standings waiting join shares on shares.sector = waiting.sector cross join room
        where waiting.campaign_id = campaign and waiting.standing = 'waiting' and not waiting.is_public
            and shares.taken < shares.ceiling and (shares.taken < shares.kept or room.free > 0)
            and not exists (select from standings held where held.campaign_id = campaign and held.holder = waiting.siren)
        order by waiting.turn limit 1;
        exit when not found;
        select numbered.number, numbered.pool into strict chosen
        from places numbered
        where numbered.campaign_id = campaign and numbered.pool in ('libre', head.sector)
            and not exists (select from standings held where (held.campaign_id, held.place_number) = (campaign, numbered.number))
        order by numbered.pool = 'libre', numbered.number limit 1;
        update standings set standing = 'reserved', since = at, place_number = chosen.number, place_pool = chosen.pool, slot_number = (
            select min(slot.number) from sector_slots slot
            where slot.campaign_id = campaign and slot.sector = head.sector and not exists (
                select from standings held
                where (held.campaign_id, held.sector, held.slot_number) = (slot.campaign_id, slot.sector, slot.number)))
        where application_id = head.application_id;
        seated := head.application_id;
        place := chosen.number;
        pool := chosen.pool;
        return next;
    end loop;
end
$$;

-- Takes the place of a candidature back, if it holds one. A place kept for a sector that this frees takes the place of one its others hold
-- elsewhere: what is kept is held by that sector first. The candidature waits, or has left when it is said why: one whose right was granted never
-- waits, even for the time of a statement.
create function free_place(application bigint, because text default null) returns void
    language plpgsql as $$
declare
    freed standings;
    elsewhere integer;
begin
    select * into freed from standings where application_id = application;
    if freed.place_number is null then return; end if;
    update standings set standing = case when because is null then 'waiting' else 'left' end, left_because = because,
        granted_at = case when because is not null then freed.granted_at end, place_number = null, place_pool = null, slot_number = null
    where application_id = application;
    if freed.place_pool = 'libre' then return; end if;
    select min(place_number) into elsewhere from standings
    where campaign_id = freed.campaign_id and sector = freed.sector and place_pool = 'libre';
    if elsewhere is not null then
        update places set pool = 'libre' where campaign_id = freed.campaign_id and number = freed.place_number;
        update places set pool = freed.sector where campaign_id = freed.campaign_id and number = elsewhere;
    end if;
end
$$;

-- Writes where a candidature stands when it comes in: it waits, until the line is looked at.
create function put_in_line(application bigint, of_sector text, at_turn integer, moment integer, at timestamptz) returns void
    language plpgsql as $$
declare
    entering record;
begin
    select demande.campaign_id, demande.organisation_id, demande.arrival_rank, demande.state, organisation.siren, organisation.is_public
    into strict entering
    from applications demande join organisations organisation on organisation.id = demande.organisation_id where demande.id = application;
    insert into standings (application_id, campaign_id, organisation_id, arrival_rank, application_state, siren, is_public, counted_public, turn,
        sector, standing, since)
    values (application, entering.campaign_id, entering.organisation_id, entering.arrival_rank, entering.state, entering.siren,
        entering.is_public, entering.is_public, at_turn, of_sector, 'waiting', at)
    on conflict on constraint standings_pkey do update set turn = excluded.turn, sector = excluded.sector, standing = 'waiting',
        since = excluded.since, granted_at = null, left_because = null;
    perform note_fact(entering.campaign_id, moment, at, 'entered', application, at_turn, entering.siren, of_sector, entering.is_public);
end
$$;

-- What the desk may do to the line. Each takes the campaign, writes its fact, moves the line, and says who received a place.

-- Time alone: the reserve is released, whoever may be seated is.
create function pass_line(campaign bigint, at timestamptz, day date) returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform open_line(campaign, at, day);
    return query select * from seat_waiting(campaign, at);
end
$$;

-- A candidature is complete: it takes its turn, after all the others. One that left keeps the turn it had when nobody is at fault (its refusal is
-- reopened), or takes a new one.
create function enter_line(application bigint, of_sector text, keeps_turn boolean, at timestamptz, day date)
    returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    campaign bigint;
    moment integer;
    before record;
    last_turn integer;
begin
    select campaign_id into campaign from applications where id = application and arrival_rank is not null;
    if campaign is null then
        raise exception 'D% is no complete candidature', application
            using errcode = 'foreign_key_violation', constraint = 'standings_application_fkey';
    end if;
    moment := open_line(campaign, at, day);
    select standing, turn, sector into before from standings where application_id = application;
    if before.standing is null or before.standing = 'left' then
        select coalesce(max(turn), 0) into last_turn from standings where campaign_id = campaign;
        perform put_in_line(application, coalesce(of_sector, before.sector),
            case when keeps_turn then coalesce(before.turn, last_turn + 1) else last_turn + 1 end, moment, at);
    end if;
    return query select * from seat_waiting(campaign, at);
end
$$;

-- A candidature leaves the line, or gives its place back; who left does nothing more.
create function leave_line(application bigint, reason text, at_time timestamptz, day date)
    returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    leaving standings;
    moment integer;
begin
    select * into leaving from standings where application_id = application;
    if not found then return; end if;
    moment := open_line(leaving.campaign_id, at_time, day);
    select * into leaving from standings where application_id = application;
    if leaving.standing <> 'left' then
        perform free_place(application, reason);
        update standings set standing = 'left', left_because = reason, since = at_time
        where application_id = application;
        perform note_fact(leaving.campaign_id, moment, at_time, 'left', application, because => reason);
    end if;
    return query select * from seat_waiting(leaving.campaign_id, at_time);
end
$$;

-- The signed approval: the place that was reserved is granted. Whoever waits is granted nothing.
create function grant_place(application bigint, at_time timestamptz, day date) returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    granted standings;
    moment integer;
    passed record;
begin
    select * into granted from standings where application_id = application;
    moment := open_line(granted.campaign_id, at_time, day);
    return query select * from seat_waiting(granted.campaign_id, at_time);
    select * into granted from standings where application_id = application;
    if granted.standing = 'granted' then return; end if;
    if granted.standing <> 'reserved' then
        raise exception 'D% holds no place', application
            using errcode = 'check_violation', constraint = 'standings_approved_holds_a_place';
    end if;
    update standings set standing = 'granted', granted_at = at_time, since = at_time where application_id = application;
    perform note_fact(granted.campaign_id, moment, at_time, 'granted', application);
end
$$;

-- A reviewer corrects the sector: the candidature stands in the line of the other one, at its turn, as if it had always been there. What is
-- granted stays.
create function correct_sector(application bigint, of_sector text, at_time timestamptz, day date)
    returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    corrected standings;
    moment integer;
begin
    select * into corrected from standings where application_id = application;
    moment := open_line(corrected.campaign_id, at_time, day);
    select * into corrected from standings where application_id = application;
    if corrected.standing not in ('waiting', 'reserved') then
        raise exception 'D% has % : its sector stays', application, corrected.standing
            using errcode = 'check_violation', constraint = 'standings_sector_of_a_grant_stays';
    end if;
    if corrected.sector <> of_sector then
        perform free_place(application);
        update standings set sector = of_sector, since = at_time where application_id = application;
        perform note_fact(corrected.campaign_id, moment, at_time, 'sector', application, sector => of_sector);
    end if;
    return query select * from seat_waiting(corrected.campaign_id, at_time);
end
$$;

-- The campaign has another capacity, other shares or another day of release. Nobody who holds a place loses it: a capacity, a ceiling or floors
-- that would take it are refused. Holders of numbers that disappear move to free ones.
create function change_panel(campaign bigint, of_capacity integer, until date, of_sectors text[], floors integer[], ceilings integer[],
    at_time timestamptz, day date) returns table (seated bigint, place integer, pool text)
    language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    moment integer;
    holder record;
    over record;
begin
    moment := open_line(campaign, at_time, day);
    if (select count(*) from standings where campaign_id = campaign and place_number is not null) > of_capacity then
        raise exception 'more than % places are held', of_capacity
            using errcode = 'check_violation', constraint = 'campaigns_capacity_holds_its_participants';
    end if;
    for over in
        select share.sector from unnest(of_sectors, ceilings) as share (sector, ceiling)
        where (select count(*) from standings held
            where held.campaign_id = campaign and held.sector = share.sector and held.place_number is not null) > share.ceiling
    loop
        raise exception 'sector % holds more than its ceiling', over.sector
            using errcode = 'check_violation', constraint = 'campaign_sectors_ceiling_holds_its_participants';
    end loop;
    update places set pool = 'libre' where campaign_id = campaign and pool <> 'libre';
    for holder in select application_id from standings where campaign_id = campaign and place_number > of_capacity order by place_number loop
        update standings set place_number = (
            select min(number) from places numbered where numbered.campaign_id = campaign and not exists (
                select from standings held where (held.campaign_id, held.place_number) = (campaign, numbered.number)))
        where application_id = holder.application_id;
    end loop;
    for holder in
        select held.application_id, held.sector from standings held
            join unnest(of_sectors, ceilings) as share (sector, ceiling) on share.sector = held.sector
        where held.campaign_id = campaign and held.slot_number > least(share.ceiling, of_capacity) order by held.slot_number
    loop
        update standings set slot_number = (
            select min(number) from sector_slots slot
            where slot.campaign_id = campaign and slot.sector = holder.sector and not exists (
                select from standings held
                where (held.campaign_id, held.sector, held.slot_number) = (slot.campaign_id, slot.sector, slot.number)))
        where application_id = holder.application_id;
    end loop;
    delete from places where campaign_id = campaign and number > of_capacity;
    delete from sector_slots slot using unnest(of_sectors, ceilings) as share (sector, ceiling)
    where slot.campaign_id = campaign and slot.sector = share.sector and slot.number > least(share.ceiling, of_capacity);
    update campaigns set capacity = of_capacity, reserved_until = until, reserve_released = day >= until where id = campaign;
    update campaign_sectors set floor = share.floor, ceiling = share.ceiling
    from unnest(of_sectors, floors, ceilings) as share (sector, floor, ceiling)
    where campaign_id = campaign and campaign_sectors.sector = share.sector;
    perform lay_places(campaign);
    perform note_panel(campaign, moment, at_time);
    return query select * from seat_waiting(campaign, at_time);
end
$$;

-- Candidatures there already are: the granted ones hold their places first, then everybody by rank.
do $$
declare
    running record;
    candidature record;
    moment integer;
    today date := (now() at time zone 'Europe/Paris')::date;
begin
    for running in select id from campaigns order by id loop
        moment := open_line(running.id, now(), today);
        for candidature in
            select demande.id, demande.arrival_rank, demande.state in ('approved', 'reopened') or demande.reopened_from is not null as is_granted,
                demande.state in ('refused', 'withdrawn', 'closed') as is_over, demande.state,
                version.content #>> '{case,contribution,sector}' as sector
            from applications demande join application_versions version
                on (version.application_id, version.number) = (demande.id, coalesce(demande.reopened_from, demande.version))
            where demande.campaign_id = running.id and demande.arrival_rank is not null
            order by 3 desc, demande.arrival_rank
        loop
            if candidature.is_over then
                insert into standings (application_id, campaign_id, organisation_id, arrival_rank, application_state, siren, is_public,
                    counted_public, turn, sector, standing, since, left_because)
                select candidature.id, running.id, organisation.id, demande.arrival_rank, demande.state, organisation.siren, organisation.is_public,
                    organisation.is_public, demande.arrival_rank, candidature.sector, 'left', now(), candidature.state
                from applications demande join organisations organisation on organisation.id = demande.organisation_id
                where demande.id = candidature.id;
                continue;
            end if;
            perform put_in_line(candidature.id, candidature.sector, candidature.arrival_rank, moment, now());
            if candidature.is_granted then
                perform grant_place(candidature.id, now(), today);
                if not exists (select from authorizations
                    where application_id = candidature.id and state in ('active', 'suspended')) then
                    perform leave_line(candidature.id, 'revoked', now(), today);
                end if;
                moment := open_line(running.id, now(), today);
            end if;
        end loop;
        perform pass_line(running.id, now(), today);
    end loop;
end
$$;

alter table standings
    -- an approved candidature holds a place, until what it granted ends
    add constraint standings_approved_holds_a_place check (application_state not in ('approved', 'reopened') or standing = 'granted'
        or (standing = 'left' and granted_at is not null and left_because in ('revoked', 'renounced', 'unconfirmed', 'ended')));

-- Every candidature with a rank stands somewhere.
alter table applications
    add constraint applications_complete_candidatures_stand_somewhere foreign key (id, arrival_rank)
        references standings (application_id, arrival_rank) deferrable initially deferred;
