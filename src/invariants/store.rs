//! SQL of the invariants: each query finds what contradicts one of them, in a few words.

use std::collections::BTreeMap;

use sqlx::{Executor, PgConnection};

pub(super) mod lines;

/// Demandes whose versions do not follow from the first to the last.
pub async fn find_lost_versions(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('D%s is at version %s, %s are kept', application.id, application.version, count(kept.number)) as "against!"
        from applications application left join application_versions kept on kept.application_id = application.id
        group by application.id
        having count(kept.number) <> coalesce(max(kept.number), 0)
            -- a change of what was granted that came to nothing leaves its versions behind
            or case when application.state in ('approved', 'reopened') then coalesce(max(kept.number), 0) < application.version
                else coalesce(max(kept.number), 0) <> application.version end
        order by application.id limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Demandes whose state is not what the decision on their last version says, or with an earlier version nobody decided.
pub async fn find_states_without_their_decision(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('D%s is %s, version %s is %s', application.id, application.state, application.version,
                coalesce(decision.outcome, 'not decided')) as "against!"
        from applications application
        left join decisions decision on decision.application_id = application.id and decision.version = application.version
            -- a refusal that was reopened no longer stands
            and decision.opening = (select count(*) from reopenings where application_id = application.id)
        where case application.state
            when 'draft' then decision.id is not null
            when 'deleted' then decision.id is not null
            when 'submitted' then decision.id is not null
            when 'refused' then decision.outcome is distinct from 'refused' and not exists (
                select from silence_decisions where application_id = application.id and effect = 'rejection')
            when 'reopened' then decision.outcome is distinct from 'approved'
            when 'closed' then decision.outcome is distinct from 'changes_requested'
                or not exists (select from closings where (application_id, version) = (application.id, application.version))
            when 'withdrawn' then decision.outcome is distinct from 'changes_requested' and decision.id is not null
            else decision.outcome is distinct from application.state end
        union all
        select format('D%s version %s was never decided, and version %s followed', earlier.application_id, earlier.number, application.version)
        from application_versions earlier join applications application on application.id = earlier.application_id
        where earlier.number < application.version and not exists (
            select from decisions where application_id = earlier.application_id and version = earlier.number)
            and not exists (select from journal
                where application_id = earlier.application_id and event = 'change_given_up' and (details ->> 'version')::integer = earlier.number)
            and not exists (select from silence_decisions
                where application_id = earlier.application_id and version = earlier.number and effect = 'rejection')
        limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Campaigns whose ranks of arrival are not 1 to the last one given.
pub async fn find_holes_in_arrivals(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('campaign %s gave %s ranks, %s candidatures hold one, up to %s', campaign.id, campaign.last_arrival,
            count(application.arrival_rank), coalesce(max(application.arrival_rank), 0)) as "against!"
        from campaigns campaign left join applications application on application.campaign_id = campaign.id
        group by campaign.id
        having count(application.arrival_rank) <> campaign.last_arrival
            or coalesce(max(application.arrival_rank), 0) <> campaign.last_arrival
        order by campaign.id limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Approvals without their authorization, authorizations without their approval.
pub async fn find_unmatched_authorizations(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select case
                when authorization_.id is null then format('D%s version %s is approved without authorization',
                    decision.application_id, decision.version)
                else format('H%s is not what an approval of D%s granted', authorization_.id, authorization_.application_id)
            end as "against!"
        from (
            select decision.id, decision.application_id, decision.version, application.organisation_id
            from decisions decision join applications application on application.id = decision.application_id
            where decision.outcome = 'approved') as decision
        full join authorizations authorization_ on authorization_.decision_id = decision.id
        where (authorization_.application_id, authorization_.version, authorization_.organisation_id)
            is distinct from (decision.application_id, decision.version, decision.organisation_id)
        limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Changes the journal does not tell, tells twice, or tells without their having happened.
pub async fn find_untold_changes(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"with changes as (
            select id as application_id, 'application_started' as event, null::integer as number from applications
            union all
            select id, 'application_withdrawn', null from applications where state = 'withdrawn'
            union all
            select application_id, 'application_submitted', number from application_versions
            union all
            select application_id, case outcome when 'changes_requested' then outcome else 'application_' || outcome end, version
            from decisions
            union all
            select application_id, 'application_reopened', version from reopenings
            union all
            select application_id, 'authorization_granted', id::integer from authorizations
        ), told as (
            select application_id, event, coalesce(details ->> 'version', details ->> 'authorization')::integer as number
            from journal where (event in (select event from changes)
                or event in ('application_started', 'application_withdrawn', 'application_submitted', 'changes_requested',
                    'application_approved', 'application_refused', 'application_reopened', 'authorization_granted'))
                -- a draft thrown away leaves nothing but its lines
                and application_id not in (select application_id from journal where event = 'draft_purged')
        )
        select format('D%s %s %s: happened %s times, told %s times', application_id, event, coalesce(number::text, ''),
            sum(happened), sum(tellings)) as "against!"
        from (
            select *, 1 as happened, 0 as tellings from changes
            union all
            select *, 0, 1 from told) as both_sides
        group by application_id, event, number having sum(happened) <> sum(tellings)
        order by application_id limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Receptions and decisions whose letter is not in the outbox.
pub async fn find_unwritten_letters(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"with due as (
            select application_id, number as version, 'application_received' as kind from application_versions
            union all
            select application_id, version, case outcome when 'changes_requested' then outcome else 'application_' || outcome end
            from decisions
            union all
            select application_id, version, 'application_reopened' from reopenings
        )
        select format('D%s version %s: no letter %s', application_id, version, kind) as "against!"
        from due
        where not exists (
            select from outbox where outbox.application_id = due.application_id and outbox.kind = due.kind
                and (outbox.letter #>> '{about,version}')::integer = due.version)
        order by application_id, version limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Files of no field that no message, request to go to production, report nor certificate of an end holds: nobody can reach them, and no sweep takes them.
pub async fn find_files_of_nothing(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('D%s: file %s', application_id, id) as "against!"
        from attachments where field is null and not exists (select from message_attachments where attachment_id = id)
            and not exists (select from go_live_attachments where attachment_id = id)
            and not exists (select from report_attachments where attachment_id = id)
            and not exists (select from destruction_attachments where attachment_id = id)
        order by application_id, id limit 20"#
    )
    .fetch_all(connection)
    .await
}

/// Sessions that opened a transaction and have been silent for half a minute.
pub async fn find_forgotten_transactions(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('process %s of %s, silent for %s s', pid, usename, round(extract(epoch from clock_timestamp() - state_change)))
            as "against!"
        from pg_stat_activity
        where datname = current_database() and state like 'idle in transaction%'
            and state_change < clock_timestamp() - interval '30 seconds'"#
    )
    .fetch_all(connection)
    .await
}

/// Lets this transaction take a quarter of an hour at each step: it reads everything that was ever kept, and no page waits for it.
pub async fn take_time(connection: &mut PgConnection) -> sqlx::Result<()> {
    connection.execute("set local statement_timeout = '15min'; set local idle_in_transaction_session_timeout = '15min'").await.map(drop)
}

/// Whether this connection's role owns the journal, or is a member of the role that does.
pub async fn works_as_owner(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_has_role(current_user, relowner, 'member') as "owns!" from pg_class where oid = 'journal'::regclass"#)
        .fetch_one(connection)
        .await
}

/// What this connection's role could change or remove of what happened.
pub async fn find_rights_over_the_past(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select format('%s may %s on %s', current_user, verb, past) as "against!"
        from unnest(array['journal', 'application_versions', 'decisions', 'authorizations']) as past,
            unnest(array['update', 'delete', 'truncate', 'trigger']) as verb
        where has_table_privilege(current_user, past, verb)"#
    )
    .fetch_all(connection)
    .await
}

/// Everything in a schema that binds: constraints, triggers, functions, columns and indexes, each by its name with its text. Extensions stand in
/// `public`, in sight or not.
pub async fn find_law(connection: &mut PgConnection, schema: &str) -> sqlx::Result<BTreeMap<String, String>> {
    let articles = sqlx::query!(
        r#"with relations as (
            select oid, relname from pg_class
            where relnamespace = $1::text::regnamespace and relkind in ('r', 'p') and relname <> '_sqlx_migrations'
        )
        select format('constraint %s.%s', relname, conname) as "name!",
            concat(pg_get_constraintdef(pg_constraint.oid, true), case when not convalidated then ' (not validated)' end,
                case when exists (select from pg_trigger where tgconstraint = pg_constraint.oid and tgenabled <> 'O')
                    then ' (switched off)' end) as "text!"
        from pg_constraint join relations on relations.oid = conrelid where contype in ('c', 'f', 'p', 'u', 'x')
        union all
        select format('trigger %s.%s', relname, tgname), concat(pg_get_triggerdef(pg_trigger.oid, true), ' ', tgenabled)
        from pg_trigger join relations on relations.oid = tgrelid where not tgisinternal
        union all
        select format('column %s.%s', relname, attname),
            concat(format_type(atttypid, atttypmod), case when attnotnull then ' not null' end, ' ', attidentity, attgenerated,
                pg_get_expr(adbin, adrelid, true))
        from pg_attribute join relations on relations.oid = attrelid
            left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attnum > 0 and not attisdropped
        union all
        select format('index %s.%s', relname, indexrelid::regclass), replace(pg_get_indexdef(indexrelid, 0, true), 'public.', '')
        from pg_index join relations on relations.oid = indrelid
        union all
        select format('function %s', pg_proc.oid::regprocedure), replace(replace(pg_get_functiondef(pg_proc.oid), quote_ident($1) || '.', ''), 'public.', '')
        from pg_proc
        where pronamespace = $1::text::regnamespace and prokind = 'f'
            and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')"#,
        schema
    )
    .fetch_all(connection)
    .await?;
    Ok(articles.into_iter().map(|article| (article.name, article.text)).collect())
}
