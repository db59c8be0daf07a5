-- What the kinds of private bodies ask and hold: the documents a candidature commits to, and each kind's own answers.

alter table campaigns
    -- the documents a candidate commits to, as they stand today: who ticked an older version reads the new one and ticks again
    add column specification_version text not null default 'version publiée sur le site partenaire',
    add column specification_url text not null default 'https://partenaires.franceconnect.gouv.fr/fcp/fournisseur-service',
    add column terms_version text not null default 'version 4.0 du 12 mai 2021',
    add column terms_url text not null default 'https://partenaires.franceconnect.gouv.fr/cgu',
    add constraint campaigns_documents_are_lines check (
        is_line(specification_version, 100) and specification_version <> '' and is_line(terms_version, 100) and terms_version <> ''),
    add constraint campaigns_documents_have_addresses check (
        is_line(specification_url, 500) and specification_url like 'https://%' and is_line(terms_url, 500) and terms_url like 'https://%');

alter table applications
    -- what the steps show before anybody types: the preset that was chosen, and what the wizard was told
    add column prefilled jsonb not null default '{}',
    add constraint applications_prefilled_is_bounded check (jsonb_typeof(prefilled) = 'object' and octet_length(prefilled::text) <= 16384),
    -- for versions to refer to
    add constraint applications_kind_of_each unique (id, kind);

alter table draft_steps
    drop constraint draft_steps_step_is_known,
    add constraint draft_steps_step_is_known check (step in
        ('service', 'cadre', 'niveau', 'donnees', 'traitement', 'contacts', 'adresse', 'texte', 'secteur', 'hebergement', 'mesure', 'engagements'));

alter table application_versions
    -- which questions it answers; versions older than the kinds are administrations'
    add column kind text not null generated always as (coalesce(content #>> '{case,kind}', 'administration')) stored,
    -- a version answers the questions of its demande's kind
    add constraint application_versions_kind_fkey foreign key (application_id, kind) references applications (id, kind),
    -- asked since this migration: what was received before is not judged anew
    add constraint versions_substantial_level_is_justified check ((
        content ->> 'assurance_level' <> 'eidas_2'
        or (is_paragraph(content ->> 'assurance_reason', 2000) and content ->> 'assurance_reason' <> '')) is true) not valid,
    -- an administration has a DPO (RGPD article 37); others may name somebody else and say why
    add constraint versions_referent_is_explained check ((
        coalesce(content #>> '{contacts,data_protection_role}', 'dpo') = 'dpo'
        or (content #>> '{contacts,data_protection_role}' = 'referent' and kind <> 'administration'
            and is_paragraph(content #>> '{contacts,referent_reason}', 1000) and content #>> '{contacts,referent_reason}' <> '')) is true),
    add constraint versions_address_change_is_explained check ((
        kind <> 'private_address_change'
        or (is_paragraph(content #>> '{case,link}', 2000) and content #>> '{case,link}' <> ''
            and content #> '{case,only}' in ('true', 'false'))) is true),
    add constraint versions_identity_text_is_cited check ((
        kind <> 'private_identity_check'
        or (is_paragraph(content #>> '{case,reference}', 500) and content #>> '{case,reference}' <> ''
            and content #>> '{case,url}' ~ '^https?://[^[:space:]]{3,}$'
            and is_paragraph(content #>> '{case,imposes}', 2000) and content #>> '{case,imposes}' <> '')) is true),
    -- E3: a public address, and a safe one
    add constraint versions_candidatures_are_on_line check ((
        kind <> 'experiment' or content #>> '{service,url}' ~ '^https://[^[:space:]]{3,}$') is true),
    add constraint versions_candidatures_have_a_sector check ((
        kind <> 'experiment'
        or (content #>> '{case,contribution,sector}' in ('sante', 'education', 'loisirs', 'transport', 'certification', 'location')
            and is_paragraph(content #>> '{case,contribution,how}', 3000) and content #>> '{case,contribution,how}' <> '')) is true),
    -- code du travail L6113-1: certificates are those of the RNCP
    add constraint versions_certificates_are_of_the_rncp check ((
        kind <> 'experiment'
        or (not jsonb_path_exists(content, '$.case.contribution.certificates[*] ? (!(@ like_regex "^RNCP[0-9]{1,6}$"))')
            and (content #>> '{case,contribution,sector}' <> 'certification'
                or jsonb_array_length(content #> '{case,contribution,certificates}') > 0))) is true),
    add constraint versions_baseline_is_measured check ((
        kind <> 'experiment'
        or ((content #>> '{case,baseline,monthly_connections}')::bigint >= 0
            and (content #>> '{case,baseline,monthly_accounts}')::bigint >= 0
            and (content #>> '{case,baseline,monthly_traffic}')::bigint >= 0
            and is_paragraph(content #>> '{case,baseline,method}', 2000) and content #>> '{case,baseline,method}' <> '')) is true),
    add constraint versions_hosting_has_a_country check ((
        kind <> 'experiment'
        or (is_line(content #>> '{case,hosting,host}', 150) and content #>> '{case,hosting,host}' <> ''
            and content #>> '{case,hosting,country}' ~ '^[A-Z]{2}$'
            and not jsonb_path_exists(content, '$.case.hosting.processors[*] ? (!(@.country like_regex "^[A-Z]{2}$"))'))) is true),
    -- S1 to S7, each on its day and with the document that was seen
    add constraint versions_commitments_are_seven check ((
        kind <> 'experiment'
        or (jsonb_array_length(content #> '{case,commitments}') = 7
            and content #> '{case,commitments}' @>
                '[{"rule":"S1"},{"rule":"S2"},{"rule":"S3"},{"rule":"S4"},{"rule":"S5"},{"rule":"S6"},{"rule":"S7"}]'
            and not jsonb_path_exists(content,
                '$.case.commitments[*] ? (!(@.on like_regex "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") || !(@.document != ""))'))) is true);
