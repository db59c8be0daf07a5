-- What the published rules found on the day a version was handed in, and what its applicant says of it: frozen with the version.

alter table application_versions
    add column findings jsonb not null default '[]',
    add column explanation text not null default '',
    add constraint versions_findings_are_a_list check (jsonb_typeof(findings) = 'array'),
    -- one line of a rule, its result, its fact and where it comes from, or nothing for versions older than the rules
    add constraint versions_findings_are_bounded check (octet_length(findings::text) <= 65536),
    add constraint versions_explanation_is_a_paragraph check (is_paragraph(explanation, 2000));
