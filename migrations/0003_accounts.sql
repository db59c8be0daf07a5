-- People: applicants and staff, how they prove who they are, what they are allowed to.

create table accounts (
    id bigint generated always as identity,
    email text not null,
    given_name text not null,
    family_name text not null,
    job_title text not null default '',
    phone text not null default '',
    -- argon2id in PHC form; absent while a staff invitation has not been answered
    password_hash text,
    created_at timestamptz not null,
    -- the link sent to the address was opened: nobody signs in before
    confirmed_at timestamptz,
    -- closed by its owner: the person is erased, the number remains for the journal
    closed_at timestamptz,
    -- suspended by an administrator
    disabled_at timestamptz,
    constraint accounts_pkey primary key (id),
    constraint accounts_email_is_unique unique (email),
    constraint accounts_email_is_an_address check (is_email(email)),
    constraint accounts_given_name_is_a_line check (is_line(given_name, 60) and given_name <> ''),
    constraint accounts_family_name_is_a_line check (is_line(family_name, 60) and family_name <> ''),
    constraint accounts_job_title_is_a_line check (is_line(job_title, 100)),
    constraint accounts_phone_is_international check (phone = '' or phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint accounts_password_is_argon2id check (password_hash is null or password_hash like '$argon2id$%'),
    constraint accounts_closed_one_has_no_password check (closed_at is null or password_hash is null)
);

-- Roles add up; an account without one is an applicant.
create table account_roles (
    account_id bigint not null,
    role text not null,
    granted_at timestamptz not null,
    constraint account_roles_pkey primary key (account_id, role),
    constraint account_roles_account_fkey foreign key (account_id) references accounts (id),
    constraint account_roles_role_is_known check (role in ('reviewer', 'jurist', 'signatory', 'observer', 'admin'))
);

-- Links sent by e-mail: single use, expiring. The secret is computed from the number when the letter is written, so none is kept here.
create table account_links (
    id uuid not null,
    account_id bigint not null,
    purpose text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    -- ended by a newer link or by a new password
    withdrawn_at timestamptz,
    constraint account_links_pkey primary key (id),
    constraint account_links_account_fkey foreign key (account_id) references accounts (id),
    constraint account_links_purpose_is_known check (purpose in ('confirm_address', 'choose_password', 'staff_invitation')),
    constraint account_links_expire_after_creation check (expires_at > created_at),
    constraint account_links_end_once check (used_at is null or withdrawn_at is null)
);
create index account_links_by_account on account_links (account_id, purpose);

-- Sessions: the browser holds the number, we hold its SHA-256, so a copy of this table opens nothing.
create table sessions (
    id_hash bytea not null,
    account_id bigint,
    data jsonb not null,
    user_agent text not null default '',
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    -- minutes without a request after which the session ends
    idle_minutes integer not null,
    -- the session ends then, whatever happens
    expires_at timestamptz not null,
    constraint sessions_pkey primary key (id_hash),
    constraint sessions_account_fkey foreign key (account_id) references accounts (id),
    constraint sessions_hash_is_sha256 check (octet_length(id_hash) = 32),
    constraint sessions_idle_is_reasonable check (idle_minutes between 1 and 1440),
    constraint sessions_user_agent_is_a_line check (is_line(user_agent, 300))
);
create index sessions_by_account on sessions (account_id) where account_id is not null;
create index sessions_by_end on sessions (expires_at);

-- Tries counted per account, per address and in all: held here so that a restart or a second server forgets nothing.
create table attempt_counters (
    key text not null,
    window_starts_at timestamptz not null,
    count integer not null,
    constraint attempt_counters_pkey primary key (key, window_starts_at),
    constraint attempt_counters_key_is_a_line check (is_line(key, 200)),
    constraint attempt_counters_count_is_not_negative check (count >= 0)
);

-- What somebody was typing when their session ended: given back when they sign in again, to them alone.
create table kept_forms (
    account_id bigint not null,
    path text not null,
    fields jsonb not null,
    kept_at timestamptz not null,
    constraint kept_forms_pkey primary key (account_id, path),
    constraint kept_forms_account_fkey foreign key (account_id) references accounts (id),
    constraint kept_forms_path_is_local check (is_line(path, 300) and path like '/%'),
    constraint kept_forms_size_is_bounded check (octet_length(fields::text) <= 262144)
);
