-- Domains. Since PostgreSQL 18 NOT NULL is a constraint, too.
SELECT n.nspname AS schema, t.typname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, t.typname) AS address,
       'AS ' || pg_catalog.format_type(t.typbasetype, t.typtypmod)
           || COALESCE((SELECT pg_catalog.format(' COLLATE %I.%I', ln.nspname, l.collname)
                        FROM pg_catalog.pg_type b
                        JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation AND l.oid <> b.typcollation
                        JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
                        WHERE b.oid = t.typbasetype), '') AS text,
       ARRAY[]::text[] AS shape,
       CASE WHEN t.typdefault IS NULL THEN '{}'
            ELSE ARRAY['DEFAULT', COALESCE(pg_catalog.pg_get_expr(t.typdefaultbin, 0), pg_catalog.quote_literal(t.typdefault))] END
           || CASE WHEN t.typnotnull THEN ARRAY['NOT NULL', 'true'] ELSE '{}' END
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_constraint k
                    CROSS JOIN LATERAL (VALUES (1, 'CONSTRAINT ' || pg_catalog.quote_ident(k.conname)),
                                               (2, pg_catalog.pg_get_constraintdef(k.oid))) AS v (i, x)
                    WHERE k.contypid = t.oid AND k.contype = 'c'
                    ORDER BY k.conname, v.i) AS facts
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'd' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND e.objid = t.oid AND e.deptype = 'e')
ORDER BY 1, 2
