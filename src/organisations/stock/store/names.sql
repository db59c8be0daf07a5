-- Natural persons have no words, and are not searched. The order of the rows is the order in which people look for them: open ones first,
-- head offices among them, and bodies of public law (4 and 7) before the others.
analyze stock_in_the_making.stock_units;
analyze stock_in_the_making.stock_establishments;
insert into stock_in_the_making.stock_names
    select siret, units.words || establishments.words
    from stock_in_the_making.stock_establishments establishments
        join stock_in_the_making.stock_units units on siren = siret / 100000
    where units.words <> ''
    order by is_open is false or is_active is false, not is_head_office, (legal_category / 1000 in (4, 7)) is not true, siret;
create index stock_names_by_words on stock_in_the_making.stock_names using gin (words) with (fastupdate = off);
analyze stock_in_the_making.stock_names;
