-- The assessment of an experiment: « un bilan qualitatif et quantitatif en sera effectué avant la fin de l'expérimentation ». Its figures are counted
-- from reports, participations and decisions each time it is read, until an edition freezes them.

-- What the programme manager writes around the figures. Each saving is a row: nothing is lost, and two people who start from the same revision cannot
-- both follow it.
create table assessment_drafts (
    campaign_id bigint not null,
    revision integer not null,
    introduction text not null,
    conclusion text not null,
    saved_by bigint not null,
    author_name text not null,
    saved_at timestamptz not null,
    constraint assessment_drafts_pkey primary key (campaign_id, revision),
    constraint assessment_drafts_campaign_fkey foreign key (campaign_id) references campaigns (id),
    constraint assessment_drafts_saved_by_fkey foreign key (saved_by) references accounts (id),
    constraint assessment_drafts_revision_counts check (revision >= 1),
    constraint assessment_drafts_texts_are_paragraphs check (is_paragraph(introduction, 5000) and is_paragraph(conclusion, 5000)),
    constraint assessment_drafts_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);
create trigger assessment_drafts_are_immutable before update or delete on assessment_drafts
    for each row execute function refuse_rewriting();

-- What users say, quoted exactly from a report.
create table assessment_excerpts (
    id bigint generated always as identity,
    campaign_id bigint not null,
    application_id bigint not null,
    month date not null,
    -- the report, or the correction of it, that was read
    number integer not null,
    words text not null,
    tags text[] not null,
    chosen_by bigint not null,
    author_name text not null,
    chosen_at timestamptz not null,
    -- taken out before an edition was published with it, or between two
    removed_by bigint,
    removed_by_name text,
    removed_at timestamptz,
    constraint assessment_excerpts_pkey primary key (id),
    constraint assessment_excerpts_campaign_fkey foreign key (campaign_id) references campaigns (id),
    constraint assessment_excerpts_report_fkey foreign key (application_id, month, number)
        references monthly_reports (application_id, month, number),
    constraint assessment_excerpts_chosen_by_fkey foreign key (chosen_by) references accounts (id),
    constraint assessment_excerpts_removed_by_fkey foreign key (removed_by) references accounts (id),
    constraint assessment_excerpts_words_are_a_paragraph check (is_paragraph(words, 1000) and btrim(words) <> ''),
    constraint assessment_excerpts_tags_are_known check (cardinality(tags) >= 1 and tags <@ array[
        'simplicity', 'speed', 'trust', 'difficulty', 'accessibility', 'support', 'privacy']),
    constraint assessment_excerpts_names_are_lines check (
        is_line(author_name, 130) and author_name <> '' and is_line(removed_by_name, 130) and removed_by_name <> ''),
    constraint assessment_excerpts_removal_says_by_whom check (
        (removed_by is null) = (removed_by_name is null) and (removed_by is null) = (removed_at is null)),
    constraint assessment_excerpts_are_removed_afterwards check (removed_at >= chosen_at)
);

-- Pressing twice chooses a passage once.
create unique index assessment_excerpts_stand_once on assessment_excerpts (application_id, month, md5(words)) where removed_at is null;
create index assessment_excerpts_of_a_campaign on assessment_excerpts (campaign_id, id);

-- What is quoted was written, by a participant of that campaign.
create function assessment_excerpts_are_exact() returns trigger
    language plpgsql as $$
begin
    if not exists (
        select from monthly_reports report join applications demande on demande.id = report.application_id
        where (report.application_id, report.month, report.number) = (new.application_id, new.month, new.number)
            and demande.campaign_id = new.campaign_id and position(new.words in report.users_words) > 0) then
        raise exception 'an excerpt is a passage of its report'
            using errcode = 'check_violation', constraint = 'assessment_excerpts_are_exact';
    end if;
    return new;
end
$$;
create trigger assessment_excerpts_are_exact before insert on assessment_excerpts
    for each row execute function assessment_excerpts_are_exact();

-- An excerpt is removed once; nothing else of it ever changes.
create function assessment_excerpts_are_removed_once() returns trigger
    language plpgsql as $$
begin
    if old.removed_at is not null or new.removed_at is null
        or (new.id, new.campaign_id, new.application_id, new.month, new.number, new.words, new.tags, new.chosen_by, new.author_name, new.chosen_at)
            is distinct from (old.id, old.campaign_id, old.application_id, old.month, old.number, old.words, old.tags, old.chosen_by,
                old.author_name, old.chosen_at) then
        raise exception 'an excerpt is removed once and never rewritten'
            using errcode = 'restrict_violation', constraint = 'assessment_excerpts_are_removed_once';
    end if;
    return new;
end
$$;
create trigger assessment_excerpts_are_removed_once before update on assessment_excerpts
    for each row execute function assessment_excerpts_are_removed_once();
create trigger assessment_excerpts_are_kept before delete on assessment_excerpts
    for each row execute function refuse_rewriting();

-- What was published, as it was: the page, the files and the document of an edition say the same figures for ever.
create table assessment_editions (
    campaign_id bigint not null,
    number integer not null,
    content jsonb not null,
    -- why there is another one; nothing for the first
    reason text not null,
    published_by bigint not null,
    author_name text not null,
    published_at timestamptz not null,
    -- pressing twice publishes once
    constraint assessment_editions_pkey primary key (campaign_id, number),
    constraint assessment_editions_campaign_fkey foreign key (campaign_id) references campaigns (id),
    constraint assessment_editions_published_by_fkey foreign key (published_by) references accounts (id),
    constraint assessment_editions_are_numbered_from_one check (number >= 1),
    constraint assessment_editions_content_is_a_document check (jsonb_typeof(content) = 'object'),
    constraint assessment_editions_say_why check (is_paragraph(reason, 1000) and (number = 1) = (btrim(reason) = '')),
    constraint assessment_editions_author_is_a_line check (is_line(author_name, 130) and author_name <> '')
);
create trigger assessment_editions_are_immutable before update or delete on assessment_editions
    for each row execute function refuse_rewriting();

-- Editions follow one another.
create function assessment_editions_follow_one_another() returns trigger
    language plpgsql as $$
begin
    if new.number > 1 and not exists (
        select from assessment_editions where campaign_id = new.campaign_id and number = new.number - 1) then
        raise exception 'an edition follows the one before'
            using errcode = 'check_violation', constraint = 'assessment_editions_follow_one_another';
    end if;
    return new;
end
$$;
create trigger assessment_editions_follow_one_another before insert on assessment_editions
    for each row execute function assessment_editions_follow_one_another();
