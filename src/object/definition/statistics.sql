-- Extended statistics. Servers before PostgreSQL 13 have no target of their own for them; -1, and null since 17, is the
-- server's. The columns are printed in the order in which the table has them, which means nothing: here, in that of their names.
-- `shape`: the table.
SELECT n.nspname AS schema, s.stxname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, s.stxname) AS address,
       pg_catalog.overlay(d.text, k.by_name, d.start, pg_catalog.length(k.by_place)) AS text,
       ARRAY[rn.nspname, r.relname]::text[] AS shape,
       CASE WHEN t.target >= 0 THEN ARRAY['target', t.target::text] ELSE '{}' END AS facts
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
JOIN pg_catalog.pg_class r ON r.oid = s.stxrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
CROSS JOIN LATERAL (SELECT (pg_catalog.to_jsonb(s) ->> 'stxstattarget')::integer AS target) t
CROSS JOIN LATERAL (
    SELECT COALESCE(pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum), '') AS by_place,
           COALESCE(pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname), '') AS by_name
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)
) k
CROSS JOIN LATERAL (
    SELECT x.text, x.behind_name + 3 + pg_catalog.strpos(pg_catalog.substr(x.text, x.behind_name), ' ON ') AS start
    FROM (SELECT pg_catalog.pg_get_statisticsobjdef(s.oid) AS text,
                 pg_catalog.length(pg_catalog.format('CREATE STATISTICS %I.%I', n.nspname, s.stxname)) + 1 AS behind_name) x
) d
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND e.objid = s.oid AND e.deptype = 'e')
ORDER BY 1, 2
