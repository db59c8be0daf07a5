-- Organisations as the register knows them, and who may act for them.

create table organisations (
    id bigint generated always as identity,
    siret text not null,
    siren text not null generated always as (left(siret, 9)) stored,
    name text not null,
    -- INSEE legal category, level III; empty when the register has not been read
    legal_category text not null default '',
    activity_code text not null default '',
    street text not null default '',
    postal_code text not null default '',
    town text not null default '',
    establishment_created_on date,
    state text not null,
    -- the register masks part of what it knows
    partial_disclosure boolean not null default false,
    -- where the facts come from: the register, or the applicant while the register cannot tell
    source text not null,
    observed_at timestamptz not null,
    created_at timestamptz not null,
    constraint organisations_pkey primary key (id),
    constraint organisations_siret_is_unique unique (siret),
    constraint organisations_siret_has_14_digits check (siret ~ '^[0-9]{14}$'),
    constraint organisations_name_is_a_line check (is_line(name, 200) and name <> ''),
    constraint organisations_legal_category_has_4_digits check (legal_category ~ '^([0-9]{4})?$'),
    constraint organisations_activity_code_is_a_line check (is_line(activity_code, 10)),
    constraint organisations_street_is_a_line check (is_line(street, 200)),
    constraint organisations_postal_code_is_a_line check (is_line(postal_code, 10)),
    constraint organisations_town_is_a_line check (is_line(town, 100)),
    constraint organisations_state_is_known check (state in ('open', 'closed', 'unknown')),
    constraint organisations_source_is_known check (source in ('sample_register', 'declared')),
    -- what nobody checked cannot be said open or closed
    constraint organisations_declared_state_is_unknown check (source <> 'declared' or state = 'unknown')
);
create index organisations_by_siren on organisations (siren);

create table memberships (
    account_id bigint not null,
    organisation_id bigint not null,
    joined_at timestamptz not null,
    -- how this person named the organisation when the register could not: each keeps their own words, nobody names it for others
    declared_name text,
    declared_town text,
    -- « non vérifiée » until a reviewer or a verified colleague confirms it
    verified_at timestamptz,
    verified_by bigint,
    verified_because text,
    constraint memberships_pkey primary key (account_id, organisation_id),
    constraint memberships_account_fkey foreign key (account_id) references accounts (id),
    constraint memberships_organisation_fkey foreign key (organisation_id) references organisations (id),
    constraint memberships_verified_by_fkey foreign key (verified_by) references accounts (id),
    constraint memberships_declared_name_is_a_line check (is_line(declared_name, 200) and declared_name <> ''),
    constraint memberships_declared_town_is_a_line check (is_line(declared_town, 100)),
    constraint memberships_declaration_is_whole check ((declared_name is null) = (declared_town is null)),
    constraint memberships_verification_is_whole check (
        (verified_at is null and verified_by is null and verified_because is null)
        or (verified_at is not null and verified_by is not null and verified_because is not null)),
    constraint memberships_nobody_verifies_themself check (verified_by <> account_id),
    constraint memberships_reason_is_a_line check (is_line(verified_because, 300) and verified_because <> '')
);
create index memberships_by_organisation on memberships (organisation_id);
