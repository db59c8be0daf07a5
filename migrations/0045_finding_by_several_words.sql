-- Names and words are looked for in one reading of one index: it goes through the rarest of several words and looks the others up. Of two
-- indexes, the one of the frequent word was read whole: 12 500 entries of « familles » among 100 000 demandes, to keep the three of a town.

drop index application_documents_by_names;
drop index application_documents_by_words;
-- without a list of pending rows, which each search would read whole
create index application_documents_by_names_and_words on application_documents using gin (names public.gin_trgm_ops, words) with (fastupdate = off);
