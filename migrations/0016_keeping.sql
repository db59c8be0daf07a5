-- Never lost: drafts thrown away can be fetched back, idle ones are announced before they go, a demande that is over is resumed as a new draft.

alter table applications
    drop constraint applications_state_is_known,
    add constraint applications_state_is_known check (state in
        ('draft', 'deleted', 'submitted', 'changes_requested', 'approved', 'refused', 'withdrawn')),
    -- a draft withdrawn before drafts could be deleted stays as it is, and can be resumed
    drop constraint applications_draft_was_never_received,
    add constraint applications_draft_was_never_received check (
        (state in ('draft', 'deleted')) = (version = 0) or state = 'withdrawn'),
    -- since when a draft is in the bin
    add column deleted_at timestamptz,
    add constraint applications_deleted_since check ((state = 'deleted') = (deleted_at is not null)),
    -- when its applicant was told that an idle draft will go; any change of the draft takes it back
    add column idle_announced_at timestamptz,
    add constraint applications_only_drafts_are_announced check (idle_announced_at is null or state = 'draft'),
    -- the refused or withdrawn demande whose content this one took over
    add column resumed_from bigint,
    add constraint applications_resumed_from_fkey foreign key (resumed_from) references applications (id),
    add constraint applications_resume_another check (resumed_from <> id);
create index applications_by_origin on applications (resumed_from) where resumed_from is not null;
create index applications_in_the_bin on applications (deleted_at) where state = 'deleted';
create index applications_drafts_by_change on applications (updated_at) where state = 'draft';

-- A draft is deleted, not withdrawn: only what somebody received can be taken back.
create or replace function applications_follow_their_life() returns trigger
    language plpgsql as $$
begin
    if new.state is distinct from old.state and (old.state, new.state) not in (
        ('draft', 'submitted'), ('draft', 'deleted'), ('deleted', 'draft'),
        ('submitted', 'changes_requested'), ('submitted', 'approved'), ('submitted', 'refused'), ('submitted', 'withdrawn'),
        ('changes_requested', 'submitted'), ('changes_requested', 'withdrawn')
    ) then
        raise exception 'an application cannot go from % to %', old.state, new.state
            using errcode = 'check_violation', constraint = 'applications_follow_their_life';
    end if;
    if new.version < old.version or new.version > old.version + 1 then
        raise exception 'versions follow one another' using errcode = 'check_violation', constraint = 'applications_versions_follow';
    end if;
    return new;
end
$$;

-- Nothing is ever removed but what its applicant threw away.
create function applications_go_from_the_bin() returns trigger
    language plpgsql as $$
begin
    if old.state <> 'deleted' then
        raise exception 'an application that is % cannot be removed', old.state
            using errcode = 'restrict_violation', constraint = 'applications_go_from_the_bin';
    end if;
    return old;
end
$$;
create trigger applications_go_from_the_bin before delete on applications
    for each row execute function applications_go_from_the_bin();
