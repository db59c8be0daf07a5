-- What silence means (CRPA L231-1, L231-4, R112-11-1): a private demande is not received before somebody has said it.

-- Said by the order of a campaign. Those written down before the question was asked say nothing: they receive no candidature until
-- corrected.
alter table campaigns
    add column silence_effect text,
    add constraint campaigns_say_what_silence_means
        check (silence_effect is not null and silence_effect in ('acceptance', 'rejection')) not valid;

-- As the acknowledgement told it that day; nothing for administrations.
alter table application_versions
    add column silence_effect text,
    add constraint application_versions_silence_effect_is_known check (silence_effect in ('acceptance', 'rejection'));
