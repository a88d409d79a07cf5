-- Text search dictionaries. `facts`: their options, as PostgreSQL has written them.
SELECT n.nspname AS schema, d.dictname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, d.dictname) AS address,
       pg_catalog.format('TEMPLATE = %I.%I', tn.nspname, t.tmplname) AS text, ARRAY[]::text[] AS shape,
       CASE WHEN d.dictinitoption <> '' THEN ARRAY['options', d.dictinitoption] ELSE '{}' END AS facts
FROM pg_catalog.pg_ts_dict d
JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass AND e.objid = d.oid AND e.deptype = 'e')
ORDER BY 1, 2
