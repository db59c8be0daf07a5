-- Natural persons have no words, and are not searched. The order of the rows is the order in which people look for them: open ones first,
-- head offices among them, and bodies of public law (4 and 7) before the others.
analyze stock_in_the_making.stock_units;
analyze stock_in_the_making.stock_establishments;
insert into stock_in_the_making.stock_names
    select siret, is_open and is_active and is_head_office, units.words || establishments.words
    from (select siret, is_head_office, words, is_open is not false as is_open from stock_in_the_making.stock_establishments)
            as establishments
        join (select siren, words, is_active is not false as is_active, coalesce(legal_category / 1000 in (4, 7), false) as is_public_law
            from stock_in_the_making.stock_units) as units on siren = siret / 100000
    where units.words <> ''
    order by not (is_open and is_active), not is_head_office, not is_public_law, siret;
create index stock_names_of_open_head_offices on stock_in_the_making.stock_names using gin (words) with (fastupdate = off)
    where is_open_head_office;
create index stock_names_of_others on stock_in_the_making.stock_names using gin (words) with (fastupdate = off)
    where not is_open_head_office;
analyze stock_in_the_making.stock_names;
