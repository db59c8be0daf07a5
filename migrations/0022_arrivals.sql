-- The order of arrival: a candidature receives its rank in its campaign when it is handed in complete, without a hole and for ever.

alter table campaigns
    -- the rank of the last candidature handed in, 0 before the first
    add column last_arrival integer not null default 0,
    add constraint campaigns_last_arrival_is_counted check (last_arrival >= 0);

-- Ranks are given one by one and never taken back: whoever counts finds no hole.
create function campaigns_count_arrivals() returns trigger
    language plpgsql as $$
begin
    if new.last_arrival not in (old.last_arrival, old.last_arrival + 1) then
        raise exception 'ranks are given one by one' using errcode = 'check_violation', constraint = 'campaigns_count_arrivals';
    end if;
    return new;
end
$$;
create trigger campaigns_count_arrivals before update on campaigns
    for each row execute function campaigns_count_arrivals();

alter table applications
    add column arrival_rank integer,
    add constraint applications_arrival_rank_is_positive check (arrival_rank >= 1),
    -- two candidatures of a campaign never share a rank
    add constraint applications_arrive_one_by_one unique (campaign_id, arrival_rank),
    -- a candidature has a rank from its first version on; nothing else ever has one
    add constraint applications_received_candidatures_have_a_rank check
        ((kind = 'experiment' and version > 0) = (arrival_rank is not null));

-- A rank once given stays: clarifications and new versions keep it.
create function applications_keep_their_rank() returns trigger
    language plpgsql as $$
begin
    if old.arrival_rank is not null and (new.arrival_rank, new.campaign_id) is distinct from (old.arrival_rank, old.campaign_id) then
        raise exception 'a rank is given once' using errcode = 'check_violation', constraint = 'applications_keep_their_rank';
    end if;
    return new;
end
$$;
create trigger applications_keep_their_rank before update on applications
    for each row execute function applications_keep_their_rank();
