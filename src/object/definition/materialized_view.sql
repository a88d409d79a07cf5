-- Materialized views; their indexes are objects of their own. `facts`: what they and their columns have beside the query, as ALTER
-- names it. `shape`: what takes the place of a tablespace, and of a column's storage, that is taken away.
SELECT n.nspname AS schema, c.relname AS name, '' AS part,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       COALESCE(' USING ' || (SELECT pg_catalog.quote_ident(m.amname) FROM pg_catalog.pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'), '')
           || E' AS\n' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS text,
       ARRAY['TABLESPACE', (SELECT pg_catalog.quote_ident(s.spcname)
                            FROM pg_catalog.pg_database d
                            JOIN pg_catalog.pg_tablespace s ON s.oid = d.dattablespace
                            WHERE d.datname = pg_catalog.current_database())]
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_attribute a
                    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                    CROSS JOIN LATERAL (VALUES (1, pg_catalog.quote_ident(a.attname) || ' STORAGE'), (2, w.words[pg_catalog.strpos('pexm', t.typstorage::text)])) AS v (i, x)
                    WHERE a.attrelid = c.oid AND a.attnum > 0
                    ORDER BY a.attnum, v.i) AS shape,
       CASE WHEN s.spcname IS NULL THEN '{}' ELSE ARRAY['TABLESPACE', pg_catalog.quote_ident(s.spcname)] END
           || ARRAY(SELECT x
                    FROM (SELECT o.place, o.option
                          FROM pg_catalog.unnest(c.reloptions) WITH ORDINALITY o (option, place)
                          UNION ALL
                          SELECT o.place + 1000, 'toast.' || o.option
                          FROM pg_catalog.pg_class h
                          CROSS JOIN pg_catalog.unnest(h.reloptions) WITH ORDINALITY o (option, place)
                          WHERE h.oid = c.reltoastrelid) o
                    CROSS JOIN LATERAL (VALUES (1, '(' || pg_catalog.split_part(o.option, '=', 1) || ')'),
                                               (2, pg_catalog.substr(o.option, pg_catalog.strpos(o.option, '=') + 1))) AS v (i, x)
                    ORDER BY pg_catalog.split_part(o.option, '=', 1), v.i)
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_attribute a
                    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
                    CROSS JOIN LATERAL (
                        SELECT 1 AS place, 'STATISTICS' AS what, NULLIF(a.attstattarget, -1)::text AS value
                        UNION ALL
                        SELECT 2, 'STORAGE', NULLIF(w.words[pg_catalog.strpos('pexm', a.attstorage::text)], w.words[pg_catalog.strpos('pexm', t.typstorage::text)])
                        UNION ALL
                        SELECT 3, 'COMPRESSION', CASE pg_catalog.to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
                        UNION ALL
                        SELECT 3 + o.place, '(' || pg_catalog.split_part(o.option, '=', 1) || ')',
                               pg_catalog.substr(o.option, pg_catalog.strpos(o.option, '=') + 1)
                        FROM pg_catalog.unnest(a.attoptions) WITH ORDINALITY o (option, place)
                    ) AS s
                    CROSS JOIN LATERAL (VALUES (1, pg_catalog.quote_ident(a.attname) || ' ' || s.what), (2, s.value)) AS v (i, x)
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND s.value <> ''
                    ORDER BY a.attnum, s.what, v.i) AS facts
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
CROSS JOIN (SELECT ARRAY['PLAIN', 'EXTERNAL', 'EXTENDED', 'MAIN'] AS words) w
WHERE c.relkind = 'm' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
