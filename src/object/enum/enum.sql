-- One row an enum type: its labels as an array, in their order. One without labels only a database can say.
SELECT n.nspname AS schema, t.typname AS name, t.oid, l.values
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN (SELECT enumtypid, pg_catalog.array_agg(enumlabel ORDER BY enumsortorder) AS values
           FROM pg_catalog.pg_enum
           GROUP BY enumtypid) l ON l.enumtypid = t.oid
WHERE n.nspname = ANY ($1) AND t.typtype = 'e' AND ($partitions OR l.values IS NOT NULL)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
