-- Rewrite rules, but for those that are their view.
SELECT n.nspname AS schema, c.relname AS name, r.rulename AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid), ';') AS text, ARRAY[]::text[] AS shape,
       ARRAY['enabled', r.ev_enabled::text] AS facts
FROM pg_catalog.pg_rewrite r
JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN' AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND e.objid = r.oid AND e.deptype = 'e')
ORDER BY 1, 2, 3
