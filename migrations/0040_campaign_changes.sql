-- Campaigns are made and changed by two people: one proposes, with a reason; another agrees or declines. What was proposed is never rewritten.

create table campaign_changes (
    id bigint generated always as identity,
    -- the campaign it changes; a new one has none before somebody agrees
    campaign_id bigint,
    -- published with the change once it is agreed
    reason text not null,
    -- the whole campaign when it was proposed, none when it is a new one, and as it is to be
    before jsonb,
    after jsonb not null,
    proposed_by bigint not null,
    proposed_by_name text not null,
    proposed_at timestamptz not null,
    state text not null default 'proposed',
    settled_by bigint,
    settled_by_name text,
    settled_at timestamptz,
    -- why it was declined
    answer text not null default '',
    constraint campaign_changes_pkey primary key (id),
    constraint campaign_changes_campaign_id_fkey foreign key (campaign_id) references campaigns (id),
    constraint campaign_changes_proposed_by_fkey foreign key (proposed_by) references accounts (id),
    constraint campaign_changes_settled_by_fkey foreign key (settled_by) references accounts (id),
    constraint campaign_changes_reason_is_not_empty check (is_paragraph(reason, 2000) and btrim(reason) <> ''),
    constraint campaign_changes_answer_is_a_paragraph check (is_paragraph(answer, 2000)),
    constraint campaign_changes_names_are_lines check (
        is_line(proposed_by_name, 130) and proposed_by_name <> '' and is_line(settled_by_name, 130) and settled_by_name <> ''),
    constraint campaign_changes_hold_campaigns check (
        jsonb_typeof(after) = 'object' and coalesce(jsonb_typeof(before) = 'object', true)),
    constraint campaign_changes_change_something check (before is distinct from after),
    constraint campaign_changes_state_is_known check (state in ('proposed', 'agreed', 'declined', 'withdrawn')),
    constraint campaign_changes_settled_ones_say_by_whom check (
        (state = 'proposed') = (settled_by is null)
        and (settled_by is null) = (settled_by_name is null)
        and (settled_by is null) = (settled_at is null)),
    constraint campaign_changes_are_settled_afterwards check (settled_at >= proposed_at),
    -- nobody agrees with themself, nor declines what they may withdraw
    constraint campaign_changes_need_two_people check (state not in ('agreed', 'declined') or settled_by <> proposed_by),
    constraint campaign_changes_are_withdrawn_by_who_proposed check (state <> 'withdrawn' or settled_by = proposed_by),
    constraint campaign_changes_declined_say_why check ((state = 'declined') = (btrim(answer) <> '')),
    -- a change has its campaign from the start, a new campaign once it is agreed
    constraint campaign_changes_belong_to_a_campaign check ((campaign_id is not null) = (before is not null or state = 'agreed'))
);

-- One proposal at a time waits for a campaign: whoever agrees knows what they agree with.
create unique index campaign_changes_one_waits on campaign_changes (campaign_id) where state = 'proposed';
-- Pressing twice proposes a new campaign once.
create unique index campaign_changes_new_ones_wait_once on campaign_changes ((after ->> 'title')) where state = 'proposed' and before is null;
create index campaign_changes_of_a_campaign on campaign_changes (campaign_id, id);

-- A proposal is settled once; nothing else of it ever changes.
create function campaign_changes_are_settled_once() returns trigger
    language plpgsql as $$
begin
    if old.state <> 'proposed' or new.state = 'proposed'
        or (new.id, new.reason, new.before, new.after, new.proposed_by, new.proposed_by_name, new.proposed_at)
            is distinct from (old.id, old.reason, old.before, old.after, old.proposed_by, old.proposed_by_name, old.proposed_at)
        or (old.campaign_id is not null and new.campaign_id is distinct from old.campaign_id) then
        raise exception 'a proposal is settled once and never rewritten'
            using errcode = 'restrict_violation', constraint = 'campaign_changes_are_settled_once';
    end if;
    return new;
end
$$;
create trigger campaign_changes_are_settled_once before update on campaign_changes
    for each row execute function campaign_changes_are_settled_once();
create trigger campaign_changes_are_kept before delete on campaign_changes
    for each row execute function refuse_rewriting();
