-- The kinds of demande: administrations, the two permanent cases of private bodies, and candidatures to a campaign of experiment.

alter table applications
    drop constraint applications_kind_is_known,
    add constraint applications_kind_is_known check (kind in
        ('administration', 'private_address_change', 'private_identity_check', 'experiment')),
    -- the campaign a candidature answers; none for the other kinds
    add column campaign_id bigint,
    add constraint applications_campaign_fkey foreign key (campaign_id) references campaigns (id),
    add constraint applications_candidatures_have_a_campaign check ((kind = 'experiment') = (campaign_id is not null));
create index applications_by_campaign on applications (campaign_id) where campaign_id is not null;
