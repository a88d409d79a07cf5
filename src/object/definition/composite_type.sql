-- Composite types; the row type of a relation is the relation's.
SELECT n.nspname AS schema, c.relname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       '' AS text, ARRAY[]::text[] AS shape,
       ARRAY(SELECT x
             FROM pg_catalog.pg_attribute a
             JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
             CROSS JOIN LATERAL (
                 VALUES (1, 'ATTRIBUTE ' || pg_catalog.quote_ident(a.attname)),
                        (2, pg_catalog.format_type(a.atttypid, a.atttypmod)
                            || COALESCE((SELECT pg_catalog.format(' COLLATE %I.%I', ln.nspname, l.collname)
                                         FROM pg_catalog.pg_collation l
                                         JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
                                         WHERE l.oid = a.attcollation AND l.oid <> t.typcollation), ''))) AS v (i, x)
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum, v.i) AS facts
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'c' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND e.objid = c.reltype AND e.deptype = 'e')
ORDER BY 1, 2
