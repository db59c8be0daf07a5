-- A reader waits behind whoever waits for a table: not for long.
set local lock_timeout = '1s';
-- As for any grant: two at once would fail.
select pg_advisory_xact_lock(hashtext('grants'));
lock table public.stock_imports, public.stock_units, public.stock_establishments, public.stock_names in access exclusive mode;
do $$
declare
    granted record;
begin
    for granted in
        select relname, privilege_type, case when grantee = 0 then 'public' else grantee::regrole::text end as grantee
        from pg_class, aclexplode(relacl)
        where relnamespace = 'public'::regnamespace and grantee <> relowner
            and relname in ('stock_imports', 'stock_units', 'stock_establishments', 'stock_names')
    loop
        execute format('grant %s on stock_in_the_making.%I to %s', granted.privilege_type, granted.relname, granted.grantee);
    end loop;
end
$$;
drop table public.stock_imports, public.stock_units, public.stock_establishments, public.stock_names;
alter table stock_in_the_making.stock_imports set schema public;
alter table stock_in_the_making.stock_units set schema public;
alter table stock_in_the_making.stock_establishments set schema public;
alter table stock_in_the_making.stock_names set schema public;
drop schema stock_in_the_making;
