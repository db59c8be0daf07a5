-- What showing a demande reads.

-- The expected delay is told from the last decisions that ended a demande.
create index decisions_final_by_day on decisions (decided_at desc, id) where outcome in ('approved', 'refused');
