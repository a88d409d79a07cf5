-- Views; `shape`: its columns, with which CREATE OR REPLACE may only begin.
SELECT n.nspname AS schema, c.relname AS name, '' AS part,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       COALESCE(' WITH (' || (SELECT pg_catalog.string_agg(o, ', ' ORDER BY o) FROM pg_catalog.unnest(c.reloptions) o) || ')', '')
           || ' AS' || E'\n' || pg_catalog.rtrim(pg_catalog.pg_get_viewdef(c.oid), ';') AS text,
       ARRAY(SELECT pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
                    || COALESCE(' COLLATE ' || (SELECT pg_catalog.format('%I.%I', ln.nspname, l.collname)
                                                FROM pg_catalog.pg_collation l
                                                JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
                                                WHERE l.oid = a.attcollation), '')
             FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0
             ORDER BY a.attnum) AS shape,
       -- The values that an INSERT into the view gets.
       ARRAY(SELECT x
             FROM pg_catalog.pg_attribute a
             JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             CROSS JOIN LATERAL (VALUES (1, 'default ' || pg_catalog.quote_ident(a.attname)),
                                        (2, pg_catalog.pg_get_expr(d.adbin, d.adrelid))) AS v (i, x)
             WHERE a.attrelid = c.oid
             ORDER BY a.attnum, v.i) AS facts
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
