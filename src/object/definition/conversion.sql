-- Conversions between encodings.
SELECT n.nspname AS schema, c.conname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.conname) AS address,
       pg_catalog.format('%sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' END, n.nspname, c.conname,
                         pg_catalog.pg_encoding_to_char(c.conforencoding), pg_catalog.pg_encoding_to_char(c.contoencoding), c.conproc) AS text,
       ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_conversion c
JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_conversion'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
