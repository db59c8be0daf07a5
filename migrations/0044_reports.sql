-- The figures a participant gives each month (S1 of the published rules): « les données qui permettront de mesurer la valeur ajoutée de FranceConnect ».

-- A report, and its corrections: the highest number holds, the others stay.
create table monthly_reports (
    application_id bigint not null,
    -- its first day
    month date not null,
    number integer not null,
    connections_through_fc bigint not null,
    connections bigint not null,
    accounts_through_fc bigint not null,
    accounts bigint not null,
    -- « croissance constatée du trafic du fait de l'intégration », in tenths of a percent
    growth integer not null,
    method text not null,
    -- « retours qualitatifs des utilisateurs »
    users_words text not null,
    -- what looked odd and was confirmed all the same, or nothing
    confirmed text not null,
    -- why it is corrected; nothing for the first
    because text not null,
    -- read from a file rather than typed
    is_imported boolean not null,
    sent_by bigint not null,
    author_name text not null,
    sent_at timestamptz not null,
    -- the same month is not sent twice: what comes after is a correction, and two corrections of the same report cannot both follow it
    constraint monthly_reports_pkey primary key (application_id, month, number),
    constraint monthly_reports_application_fkey foreign key (application_id) references applications (id),
    constraint monthly_reports_sent_by_fkey foreign key (sent_by) references accounts (id),
    constraint monthly_reports_month_is_its_first_day check (extract(day from month) = 1),
    constraint monthly_reports_are_numbered_from_one check (number >= 1),
    constraint monthly_reports_count check (connections_through_fc >= 0 and accounts_through_fc >= 0
        and connections <= 100000000000 and accounts <= 100000000000),
    -- a part is not more than the whole
    constraint monthly_reports_part_is_within_the_whole check (connections_through_fc <= connections and accounts_through_fc <= accounts),
    constraint monthly_reports_growth_is_a_percentage check (growth between -1000 and 100000),
    constraint monthly_reports_method_is_written check (is_paragraph(method, 2000) and method <> ''),
    constraint monthly_reports_words_are_a_paragraph check (is_paragraph(users_words, 5000) and users_words <> ''),
    constraint monthly_reports_confirmed_is_a_paragraph check (is_paragraph(confirmed, 4000)),
    constraint monthly_reports_corrections_say_why check (is_line(because, 300) and (number = 1) = (because = '')),
    constraint monthly_reports_author_is_a_line check (is_line(author_name, 130) and author_name <> ''),
    -- no figure of a month is known before its last day
    constraint monthly_reports_month_has_begun check (month <= (sent_at at time zone 'Europe/Paris')::date)
);

-- Numbers follow one another: no correction without what it corrects.
create function monthly_reports_follow_one_another() returns trigger
    language plpgsql as $$
begin
    if new.number > 1 and not exists (
        select from monthly_reports where application_id = new.application_id and month = new.month and number = new.number - 1) then
        raise exception 'a correction follows what it corrects'
            using errcode = 'check_violation', constraint = 'monthly_reports_follow_one_another';
    end if;
    return new;
end
$$;
create trigger monthly_reports_follow_one_another before insert on monthly_reports
    for each row execute function monthly_reports_follow_one_another();
create trigger monthly_reports_are_immutable before update or delete on monthly_reports for each row execute function refuse_rewriting();

-- What was typed of the next report of a month, or of its next correction: shared by those who may send it, gone with it.
create table report_drafts (
    application_id bigint not null,
    month date not null,
    fields jsonb not null,
    -- counts the savings, so that nobody writes over what they have not seen
    revision integer not null,
    saved_by bigint not null,
    author_name text not null,
    saved_at timestamptz not null,
    constraint report_drafts_pkey primary key (application_id, month),
    constraint report_drafts_application_fkey foreign key (application_id) references applications (id),
    constraint report_drafts_saved_by_fkey foreign key (saved_by) references accounts (id),
    constraint report_drafts_month_is_its_first_day check (extract(day from month) = 1),
    constraint report_drafts_fields_are_a_form check (jsonb_typeof(fields) = 'object' and octet_length(fields::text) <= 65536),
    constraint report_drafts_revision_counts check (revision >= 1),
    constraint report_drafts_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);

-- Files of a report; those without a number wait in its draft.
create table report_attachments (
    application_id bigint not null,
    month date not null,
    attachment_id uuid not null,
    number integer,
    constraint report_attachments_pkey primary key (attachment_id),
    constraint report_attachments_attachment_fkey foreign key (attachment_id, application_id) references attachments (id, application_id),
    constraint report_attachments_report_fkey foreign key (application_id, month, number)
        references monthly_reports (application_id, month, number)
);
create index report_attachments_by_report on report_attachments (application_id, month);

create function report_attachments_leave_once() returns trigger
    language plpgsql as $$
begin
    if old.number is not null then
        raise exception 'a file that was sent stays with its report' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'UPDATE' then
        return new;
    end if;
    return old;
end
$$;
create trigger report_attachments_leave_once before update or delete on report_attachments
    for each row execute function report_attachments_leave_once();
