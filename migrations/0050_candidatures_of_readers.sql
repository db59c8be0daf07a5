-- Whether somebody reads the reports of a participant is asked at every page they open: found among candidatures, which are few, not among
-- everything they or their organisations ever filed.
create index candidatures_by_applicant on applications (applicant_id) where kind = 'experiment' and arrival_rank is not null;
create index candidatures_by_organisation on applications (organisation_id) where kind = 'experiment' and arrival_rank is not null;
create index candidatures_by_vendor on applications (represented_by)
    where kind = 'experiment' and arrival_rank is not null and represented_by is not null;
