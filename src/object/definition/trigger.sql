-- Triggers, constraint triggers included; those of a partition that come from its parent are the parent's. Servers before
-- PostgreSQL 13 do not say which these are but by their dependencies.
WITH RECURSIVE clones (origin, oid) AS (
    SELECT g.oid, g.oid
    FROM pg_catalog.pg_trigger g
    JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid AND c.relkind = 'p'
    WHERE NOT g.tgisinternal
    UNION
    SELECT k.origin, d.objid
    FROM clones k
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.refclassid = d.classid AND d.refobjid = k.oid
)
SELECT n.nspname AS schema, c.relname AS name, g.tgname AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       pg_catalog.pg_get_triggerdef(g.oid) AS text, ARRAY[]::text[] AS shape,
       -- And where it is another on a partition.
       ARRAY['enabled', g.tgenabled::text]
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_constraint k
                    CROSS JOIN LATERAL (VALUES (1, 'constraint'), (2, k.conname::text)) AS v (i, x)
                    WHERE k.oid = g.tgconstraint AND k.conname <> g.tgname
                    ORDER BY v.i)
           || ARRAY(SELECT x
                    FROM clones k
                    JOIN pg_catalog.pg_trigger p ON p.oid = k.oid AND p.tgenabled <> g.tgenabled
                    JOIN pg_catalog.pg_class r ON r.oid = p.tgrelid
                    JOIN pg_catalog.pg_namespace m ON m.oid = r.relnamespace
                    CROSS JOIN LATERAL (VALUES (1, 'enabled on "' || pg_catalog.replace(m.nspname, '"', '""') || '"."'
                                                   || pg_catalog.replace(r.relname, '"', '""') || '"'),
                                               (2, p.tgenabled::text)) AS v (i, x)
                    WHERE k.origin = g.oid
                    ORDER BY m.nspname, r.relname, v.i) AS facts
FROM pg_catalog.pg_trigger g
JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT g.tgisinternal AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND d.objid = g.oid AND d.deptype IN ('P', 'S', 'I'))
ORDER BY 1, 2, 3
