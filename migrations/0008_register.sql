-- What the register told of an organisation, whole, beside the columns that lists and searches use.

alter table organisations
    add column facts jsonb,
    drop constraint organisations_source_is_known,
    -- where the facts come from: a source of the register, or the applicant while the register cannot tell
    add constraint organisations_source_is_known check (source in
        ('sample_register', 'local_stock', 'recherche_entreprises', 'insee', 'declared')),
    add constraint organisations_facts_are_named check (jsonb_typeof(facts) = 'object'),
    -- a declaration is no fact of the register
    add constraint organisations_declared_has_no_facts check (source <> 'declared' or facts is null);
