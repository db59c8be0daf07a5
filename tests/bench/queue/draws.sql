-- What the pages of the queue are asked for, drawn from the middle of what was generated: twenty of each, as one JSON object.
with drawn as (
    select a.id, a.service_name, o.siren, o.name as organisation, lower(split_part(o.name, ' ', 3)) as town,
        v.content #>> '{contacts,data_protection_officer,email}' as email
    from applications a join organisations o on o.id = a.organisation_id
        join application_versions v on v.application_id = a.id and v.number = a.version
    where a.id > (select max(id) / 2 from applications) and a.received_at is not null and split_part(o.name, ' ', 3) <> ''
    order by a.id limit 20
)
select json_build_object(
    'dossier', json_agg('/instruction/' || id),
    'deep page', json_agg('/instruction?etat=toutes&apres=D' || id),
    'exact number', json_agg('/instruction?etat=toutes&q=D' || id),
    'organisation name', json_agg('/instruction?etat=toutes&q=' || replace(organisation, ' ', '+')),
    'a town', json_agg('/instruction?etat=toutes&q=' || town),
    'part of a word', json_agg('/instruction?etat=toutes&q=' || substr(town, 2)),
    'a word everybody uses', json_agg('/instruction?etat=toutes&q=cantine'::text),
    'two words', json_agg('/instruction?etat=toutes&q=familles+' || town),
    'SIREN', json_agg('/instruction?etat=toutes&q=' || siren),
    'e-mail', json_agg('/instruction?etat=toutes&q=' || email),
    'nothing found', json_agg('/instruction?etat=toutes&q=introuvable' || id))
from drawn
