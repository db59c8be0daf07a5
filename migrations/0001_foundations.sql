-- What every table leans on: what people may type, and what may never be rewritten.

-- One line of text: no control character (so no CR, LF, NUL, C1), no character that reorders what is read.
create function is_line(value text, most integer) returns boolean
    language sql immutable parallel safe
    return char_length(value) <= most
        and value !~ '[\u0001-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]';

-- Several lines of text: as a line, but line feeds and tabs are allowed.
create function is_paragraph(value text, most integer) returns boolean
    language sql immutable parallel safe
    return char_length(value) <= most
        and value !~ '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]';

-- An address as we store it: one @, lower case, no space.
create function is_email(value text) returns boolean
    language sql immutable parallel safe
    return char_length(value) between 3 and 254
        and value = lower(value)
        and value ~ '^[^@[:space:]<>",;:]+@[^@[:space:]<>",;:]+\.[^@[:space:]<>",;:]+$'
        and is_line(value, 254);

-- For tables that say what happened: nobody rewrites the past, whatever their role.
create function refuse_rewriting() returns trigger
    language plpgsql as $$
begin
    raise exception '% on % is refused: what it holds happened', tg_op, tg_table_name
        using errcode = 'restrict_violation';
end
$$;

-- Text as searches compare it: lower case, without French accents.
create function folded(value text) returns text
    language sql immutable parallel safe
    return translate(lower(value), 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿœæ’', 'aaaaaaceeeeiiiinooooouuuuyyoa''');
