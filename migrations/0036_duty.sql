-- What the law owes besides a decision: a clock for a change of a right, the end of what nobody answers, the proof and the reasons of silence.

-- The first version the clock of a version counts: the first handed in since the journal says that a change of what was granted was started;
-- for a demande whose right was never changed, its first. The order of facts in the journal is that of their commits.
create function clock_starts_with(demande bigint, of_version integer) returns integer
    language sql stable
    return coalesce((
        select min((told.details ->> 'version')::integer) from journal told
        where told.application_id = demande and told.event = 'application_submitted' and told.id > (
            select max(started.id) from journal started
            where started.application_id = demande and started.event = 'change_started' and started.id < (
                select max(handed_in.id) from journal handed_in
                where handed_in.application_id = demande and handed_in.event = 'application_submitted'
                    and (handed_in.details ->> 'version')::integer = of_version))), 1);

-- Silence decides once on a demande, and once on each change of what it granted.
alter table silence_decisions
    drop constraint silence_decisions_pkey,
    add constraint silence_decisions_pkey primary key (application_id, version);

-- Changes handed in before their clock was kept: received with their first version, decided two months later, unless items are awaited.
update applications set received_at = first.submitted_at
from application_versions first
where applications.reopened_from is not null and applications.state in ('submitted', 'changes_requested')
    and (first.application_id, first.number) = (applications.id, clock_starts_with(applications.id, applications.version));
update applications set silence_decides_on = ((received_at at time zone 'Europe/Paris')::date + interval '2 months')::date
where reopened_from is not null and state in ('submitted', 'changes_requested') and exists (
        select from application_versions
        where application_id = applications.id and number = applications.version and silence_effect is not null)
    and not exists (
        select from missing_item_requests
        where application_id = applications.id and version >= clock_starts_with(applications.id, applications.version));
