-- Finding a demande: one document per received demande, kept by the database whoever writes, and indexed.

-- Both come with PostgreSQL (Debian's postgresql-NN holds them) and are trusted: whoever may create in the database installs them.
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

-- Text as documents hold it and as searches compare it: lower case, no accent of any language, compatible forms as one. PostgreSQL only
-- calls unaccent stable because its rules are a file; ours are those of the server and change with it, as a collation does.
create function searchable(value text) returns text
    language sql immutable strict parallel safe
    as $$ select lower(public.unaccent('public.unaccent', normalize(value, nfkc))) $$;

-- The pattern of a text that holds these letters anywhere, whatever they mean to « like ».
create function anywhere(letters text) returns text
    language sql immutable strict parallel safe
    as $$ select '%' || regexp_replace(searchable(letters), '([\\%_])', '\\\1', 'g') || '%' $$;

-- French words by their stems, accents aside.
create text search configuration french_folded (copy = pg_catalog.french);
alter text search configuration french_folded alter mapping for hword, hword_part, word with public.unaccent, french_stem;

-- A text by its words: their stems, which French finds better with accents (« empruntées », « emprunter »), and those of the same words
-- without.
create function stems(written text) returns tsvector
    language sql immutable strict parallel safe
    as $$ select to_tsvector('pg_catalog.french', written) || to_tsvector('french_folded', written) $$;

-- What finds a word in such a text, typed with its accents or without.
create function stem_of(word text) returns tsquery
    language sql immutable strict parallel safe
    as $$ select plainto_tsquery('pg_catalog.french', word) || plainto_tsquery('french_folded', word) $$;

create table application_documents (
    application_id bigint not null,
    -- the names, addresses and numbers of the last version, one a line: found by any part of them
    names text not null,
    -- their words as they are, and the stems of the words of what was written in full
    words tsvector not null,
    constraint application_documents_pkey primary key (application_id),
    constraint application_documents_application_fkey foreign key (application_id) references applications (id)
);
-- without a list of pending rows, which each search would read whole
create index application_documents_by_names on application_documents using gin (names public.gin_trgm_ops) with (fastupdate = off);
create index application_documents_by_words on application_documents using gin (words) with (fastupdate = off);

-- Writes the document of a demande from its last version; nothing before the first one.
create function write_application_document(application bigint) returns void
    language sql
    as $$
        insert into application_documents (application_id, names, words)
        select last.application_id, searchable(said.names),
            to_tsvector('simple', searchable(said.names)) || stems(said.names || E'\n' || said.texts)
        from (select * from application_versions where application_id = application order by number desc limit 1) as last
        join applications on applications.id = last.application_id
        join accounts on accounts.id = applications.applicant_id
        cross join lateral (
            select string_agg(concat_ws(' ', contact.value ->> 'given_name', contact.value ->> 'family_name', contact.value ->> 'email'),
                E'\n') as contacts
            from jsonb_each(last.content -> 'contacts') as contact where jsonb_typeof(contact.value) = 'object'
        ) as named
        cross join lateral (
            select concat_ws(E'\n', last.content #>> '{service,name}', last.organisation ->> 'name', last.organisation ->> 'siret',
                    substring(last.content #>> '{service,url}' from '^https?://([^/?#[:space:]]+)'),
                    accounts.given_name || ' ' || accounts.family_name, accounts.email, named.contacts,
                    last.content #>> '{mandate,vendor,name}', last.content #>> '{mandate,vendor,siret}') as names,
                concat_ws(E'\n', last.content #>> '{service,description}', last.content #>> '{legal_basis,nature}',
                    last.content #>> '{personal_data,recipients}') as texts
        ) as said
        on conflict (application_id) do update set names = excluded.names, words = excluded.words
    $$;

create function documents_follow_versions() returns trigger
    language plpgsql as $$
begin
    perform write_application_document(new.application_id);
    return null;
end
$$;
create trigger documents_follow_versions after insert on application_versions
    for each row execute function documents_follow_versions();

-- Whoever takes a demande over is found, whoever left is not.
create function documents_follow_applicants() returns trigger
    language plpgsql as $$
begin
    perform write_application_document(new.id);
    return null;
end
$$;
create trigger documents_follow_applicants after update of applicant_id on applications
    for each row when (old.applicant_id is distinct from new.applicant_id) execute function documents_follow_applicants();

-- A person who closed their account is erased here too.
create function documents_follow_people() returns trigger
    language plpgsql as $$
begin
    perform write_application_document(id) from applications where applicant_id = new.id and version > 0;
    return null;
end
$$;
create trigger documents_follow_people after update of given_name, family_name, email on accounts
    for each row when ((old.given_name, old.family_name, old.email) is distinct from (new.given_name, new.family_name, new.email))
    execute function documents_follow_people();

select write_application_document(id) from applications where version > 0;
