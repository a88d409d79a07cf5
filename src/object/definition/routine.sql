-- Functions and procedures; `shape`: what CREATE OR REPLACE cannot change.
SELECT n.nspname AS schema, p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' AS name, '' AS part,
       CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
           || pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) AS address,
       pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\n') AS text,
       ARRAY[p.prokind::text, COALESCE(pg_catalog.pg_get_function_result(p.oid), ''), COALESCE(p.proargnames::text, ''),
             COALESCE(p.proargmodes::text, ''), p.pronargdefaults::text] AS shape,
       ARRAY[]::text[] AS facts
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind IN ('f', 'w', 'p') AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
ORDER BY 1, 2
