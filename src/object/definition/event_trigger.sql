-- Event triggers, which lie in no schema.
SELECT '' AS schema, e.evtname AS name, '' AS part, pg_catalog.quote_ident(e.evtname) AS address,
       pg_catalog.format('ON %I', e.evtevent)
           || COALESCE(' WHEN TAG IN (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(t.tag), ', ' ORDER BY t.place)
                                            FROM pg_catalog.unnest(e.evttags) WITH ORDINALITY AS t (tag, place)) || ')', '')
           || pg_catalog.format(' EXECUTE FUNCTION %s()', e.evtfoid::pg_catalog.regproc) AS text,
       ARRAY[]::text[] AS shape, ARRAY['enabled', e.evtenabled::text] AS facts
FROM pg_catalog.pg_event_trigger e
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objid = e.oid AND d.deptype = 'e')
ORDER BY 2
