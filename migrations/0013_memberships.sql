-- Who confirms whom: e-mail domains an organisation vouches for, confirmations taken back, and for whom a vendor says it acts.

create table organisation_domains (
    id bigint generated always as identity,
    organisation_id bigint not null,
    -- as addresses end: lower case, ASCII (an accented name in its « xn-- » form); compared whole, never by its end
    domain text not null,
    confirmed_by bigint not null,
    confirmed_at timestamptz not null,
    -- the team's reason; a verified member gives none, the domain is that of their own address
    confirmed_because text,
    -- afterwards it confirms nobody; those it has confirmed stay so
    removed_at timestamptz,
    removed_by bigint,
    -- the team's reason; a domain the team removed is confirmed again by the team alone
    removed_because text,
    constraint organisation_domains_pkey primary key (id),
    constraint organisation_domains_of_one_organisation unique (organisation_id, id),
    constraint organisation_domains_organisation_fkey foreign key (organisation_id) references organisations (id),
    constraint organisation_domains_confirmed_by_fkey foreign key (confirmed_by) references accounts (id),
    constraint organisation_domains_removed_by_fkey foreign key (removed_by) references accounts (id),
    constraint organisation_domains_domain_ends_an_address check (
        char_length(domain) <= 253 and domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$'),
    constraint organisation_domains_reasons_are_lines check (
        is_line(confirmed_because, 300) and confirmed_because <> '' and is_line(removed_because, 300) and removed_because <> ''),
    constraint organisation_domains_removal_is_whole check (
        (removed_at is null) = (removed_by is null) and (removed_because is null or removed_at is not null)),
    constraint organisation_domains_are_removed_after_confirmation check (removed_at >= confirmed_at)
);
-- the same domain may be that of several organisations (shared services): each confirms it for itself, once at a time
create unique index organisation_domains_confirmed_once on organisation_domains (organisation_id, domain) where removed_at is null;

alter table memberships
    -- confirmed by the domain of the person's address rather than by somebody
    add column verified_domain_id bigint,
    -- the team took a confirmation back: from then on the team alone gives it again
    add column withdrawn_at timestamptz,
    add column withdrawn_by bigint,
    add column withdrawn_because text,
    drop constraint memberships_verification_is_whole,
    add constraint memberships_verification_is_whole check (
        case
            when verified_at is null then verified_by is null and verified_because is null and verified_domain_id is null
            when verified_domain_id is null then verified_by is not null and verified_because is not null
            else verified_by is null and verified_because is null
        end),
    -- a domain of that very organisation
    add constraint memberships_verified_domain_fkey
        foreign key (organisation_id, verified_domain_id) references organisation_domains (organisation_id, id),
    add constraint memberships_withdrawn_by_fkey foreign key (withdrawn_by) references accounts (id),
    add constraint memberships_withdrawal_is_whole check (
        (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_because is null)),
    add constraint memberships_withdrawal_reason_is_a_line check (is_line(withdrawn_because, 300) and withdrawn_because <> ''),
    -- confirmed, or taken back, never both
    add constraint memberships_withdrawn_is_not_verified check (withdrawn_at is null or verified_at is null),
    add constraint memberships_nobody_withdraws_their_own check (withdrawn_by <> account_id);

-- A vendor says that it acts for a client. Nothing is granted by that: the mandate itself is filed with the demande.
create table representations (
    id bigint generated always as identity,
    vendor_id bigint not null,
    client_id bigint not null,
    -- how the vendor named the client when the register could not: their own words, shown to them alone
    declared_name text,
    declared_town text,
    declared_by bigint not null,
    declared_at timestamptz not null,
    ended_at timestamptz,
    ended_by bigint,
    constraint representations_pkey primary key (id),
    constraint representations_vendor_fkey foreign key (vendor_id) references organisations (id),
    constraint representations_client_fkey foreign key (client_id) references organisations (id),
    constraint representations_declared_by_fkey foreign key (declared_by) references accounts (id),
    constraint representations_ended_by_fkey foreign key (ended_by) references accounts (id),
    constraint representations_nobody_is_their_own_client check (vendor_id <> client_id),
    constraint representations_declared_name_is_a_line check (is_line(declared_name, 200) and declared_name <> ''),
    constraint representations_declared_town_is_a_line check (is_line(declared_town, 100)),
    constraint representations_declaration_is_whole check ((declared_name is null) = (declared_town is null)),
    constraint representations_end_is_whole check ((ended_at is null) = (ended_by is null)),
    constraint representations_end_after_they_start check (ended_at >= declared_at)
);
-- one at a time for a vendor and a client; ended ones stay
create unique index representations_declared_once on representations (vendor_id, client_id) where ended_at is null;
create index representations_by_client on representations (client_id) where ended_at is null;
