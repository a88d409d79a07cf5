-- Materialized views; their indexes are objects of their own. `facts`: what columns have beside.
SELECT n.nspname AS schema, c.relname AS name, '' AS part,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       COALESCE(' USING ' || (SELECT pg_catalog.quote_ident(m.amname) FROM pg_catalog.pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'), '')
           || COALESCE(' WITH (' || (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o) FROM pg_catalog.unnest(c.reloptions) o) || ')', '')
           || COALESCE(' TABLESPACE ' || (SELECT pg_catalog.quote_ident(s.spcname) FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace), '')
           || ' AS' || E'\n' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS text,
       ARRAY[]::text[] AS shape,
       ARRAY(SELECT x
             FROM pg_catalog.pg_attribute a
             JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
             CROSS JOIN LATERAL (VALUES
                 ('STATISTICS', NULLIF(a.attstattarget, -1)::text),
                 ('STORAGE', CASE WHEN a.attstorage <> t.typstorage
                                  THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
                                                         WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END),
                 ('COMPRESSION', CASE pg_catalog.to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END),
                 ('options', pg_catalog.array_to_string(a.attoptions, ', '))) AS s (what, value)
             CROSS JOIN LATERAL (VALUES (1, s.what || ' ' || pg_catalog.quote_ident(a.attname)), (2, s.value)) AS v (i, x)
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND s.value <> ''
             ORDER BY a.attnum, s.what, v.i) AS facts
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
