-- Extended statistics. Servers before PostgreSQL 13 have no target of their own for them; -1, and null since 17, is the
-- server's. `shape`: the table.
SELECT n.nspname AS schema, s.stxname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, s.stxname) AS address,
       pg_catalog.pg_get_statisticsobjdef(s.oid) AS text,
       ARRAY[rn.nspname, r.relname]::text[] AS shape,
       CASE WHEN t.target >= 0 THEN ARRAY['target', t.target::text] ELSE '{}' END AS facts
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
JOIN pg_catalog.pg_class r ON r.oid = s.stxrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
CROSS JOIN LATERAL (SELECT (pg_catalog.to_jsonb(s) ->> 'stxstattarget')::integer AS target) t
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND e.objid = s.oid AND e.deptype = 'e')
ORDER BY 1, 2
