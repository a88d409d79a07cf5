-- To which columns sequences of their own belong: they go when the column goes. `shape`: the sequence and the column.
SELECT n.nspname AS schema, c.relname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       pg_catalog.format('%I.%I.%I', tn.nspname, t.relname, a.attname) AS text,
       ARRAY[n.nspname, c.relname, tn.nspname, t.relname, a.attname]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_depend d
  ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'a'
 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND n.nspname = ANY ($1)
  AND (c.oid, d.refobjid, d.refobjsubid)
      NOT IN (SELECT u.refobjid, f.adrelid, f.adnum::integer
              FROM pg_catalog.pg_attrdef f
              JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = f.oid
              WHERE u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
ORDER BY 1, 2
