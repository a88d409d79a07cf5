-- The kinds of users' objects in the database that no comparison of two databases looks at.
WITH extension_members AS MATERIALIZED (
    SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), found (kind, class, oid) AS (
    SELECT 'base type', 'pg_catalog.pg_type'::pg_catalog.regclass, oid
    FROM pg_catalog.pg_type
    WHERE typtype = 'b' AND typcategory <> 'A' AND typisdefined
    UNION ALL
    SELECT 'foreign table', 'pg_catalog.pg_class'::pg_catalog.regclass, ftrelid FROM pg_catalog.pg_foreign_table
    UNION ALL
    SELECT 'language', 'pg_catalog.pg_language'::pg_catalog.regclass, oid FROM pg_catalog.pg_language
    UNION ALL
    SELECT 'access method', 'pg_catalog.pg_am'::pg_catalog.regclass, oid FROM pg_catalog.pg_am
    UNION ALL
    SELECT 'transform', 'pg_catalog.pg_transform'::pg_catalog.regclass, oid FROM pg_catalog.pg_transform
    UNION ALL
    SELECT 'text search parser', 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_parser
    UNION ALL
    SELECT 'text search template', 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid FROM pg_catalog.pg_ts_template
)
SELECT DISTINCT kind
FROM found f
WHERE oid >= 16384
  AND NOT EXISTS (SELECT FROM extension_members m WHERE m.classid = f.class AND m.objid = f.oid)
UNION
SELECT 'user mapping' FROM pg_catalog.pg_user_mappings
UNION
SELECT 'subscription'
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = pg_catalog.current_database()
UNION
SELECT 'large object' FROM pg_catalog.pg_largeobject_metadata
UNION
SELECT 'security label' FROM pg_catalog.pg_seclabels
ORDER BY kind
