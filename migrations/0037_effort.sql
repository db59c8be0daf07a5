-- Work that does not grow with what a person did, and nothing kept about people who work here no more.

-- Demandes whose search document is to be written again: the worker does, some at a time.
create table application_documents_to_write (
    application_id bigint not null,
    constraint application_documents_to_write_pkey primary key (application_id),
    constraint application_documents_to_write_application_fkey foreign key (application_id) references applications (id)
);

-- Somebody changes their name or address, or closes their account: their last demandes say so at once, and the others soon, for an account
-- may have filed thousands, each some milliseconds of the act.
create or replace function documents_follow_people() returns trigger
    language plpgsql as $$
begin
    perform write_application_document(id) from (
        select id from applications where applicant_id = new.id and version > 0 order by id desc limit 25) as last;
    insert into application_documents_to_write (application_id)
        select id from applications where applicant_id = new.id and version > 0 order by id desc offset 25
        on conflict on constraint application_documents_to_write_pkey do nothing;
    return null;
end
$$;

-- Writes so many of those that wait, and says how many were written; those another worker writes at this moment are left to it.
create function write_waiting_documents(most integer) returns bigint
    language sql
    as $$
        with taken as (
            delete from application_documents_to_write where application_id in (
                select application_id from application_documents_to_write order by application_id limit most for update skip locked)
            returning application_id
        )
        select count(*) from taken, lateral (select write_application_document(taken.application_id)) as written
    $$;

-- What somebody looked at, and how they like to see the queue, are theirs while they work here.
create function people_who_leave_are_forgotten() returns trigger
    language plpgsql as $$
begin
    delete from dossier_presences where account_id = new.id;
    delete from queue_views where account_id = new.id;
    return null;
end
$$;
create trigger people_who_leave_are_forgotten after update of closed_at, disabled_at on accounts
    for each row when ((old.closed_at is null and old.disabled_at is null) and (new.closed_at is not null or new.disabled_at is not null))
    execute function people_who_leave_are_forgotten();

delete from dossier_presences using accounts where accounts.id = account_id and (closed_at is not null or disabled_at is not null);
delete from queue_views using accounts where accounts.id = account_id and (closed_at is not null or disabled_at is not null);

-- The last demandes of that name, in their order: without it a dossier reads every demande backwards to find the few that bear it, 1 400 ms among
-- a million.
drop index applications_by_service_name;
create index applications_of_name on applications (lower(service_name), id) where received_at is not null;
