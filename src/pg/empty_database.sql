-- Statements that drop what lies in no schema, what the role may not drop or not make again aside.
SELECT 'DROP EVENT TRIGGER IF EXISTS ' || pg_catalog.quote_ident(evtname) AS statement
FROM pg_catalog.pg_event_trigger x
WHERE pg_catalog.pg_has_role(evtowner, 'USAGE') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objid = x.oid AND d.deptype = 'e'
)
UNION ALL
SELECT 'DROP PUBLICATION IF EXISTS ' || pg_catalog.quote_ident(pubname)
FROM pg_catalog.pg_publication
WHERE pg_catalog.pg_has_role(pubowner, 'USAGE')
UNION ALL
SELECT 'DROP CAST IF EXISTS ' || i.identity
FROM pg_catalog.pg_cast x
JOIN pg_catalog.pg_type s ON s.oid = castsource
JOIN pg_catalog.pg_type t ON t.oid = casttarget
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_cast'::pg_catalog.regclass, x.oid, 0) i
WHERE (pg_catalog.pg_has_role(s.typowner, 'USAGE') OR pg_catalog.pg_has_role(t.typowner, 'USAGE'))
    AND x.oid >= 16384
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND d.objid = x.oid AND d.deptype = 'e'
    )
UNION ALL
SELECT 'DROP SERVER IF EXISTS ' || pg_catalog.quote_ident(srvname) || ' CASCADE'
FROM pg_catalog.pg_foreign_server
WHERE pg_catalog.pg_has_role(srvowner, 'USAGE')
UNION ALL
SELECT 'DROP FOREIGN DATA WRAPPER IF EXISTS ' || pg_catalog.quote_ident(fdwname) || ' CASCADE'
FROM pg_catalog.pg_foreign_data_wrapper x
WHERE pg_catalog.pg_has_role(fdwowner, 'USAGE') AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND d.objid = x.oid AND d.deptype = 'e'
)
UNION ALL
SELECT 'DROP EXTENSION IF EXISTS ' || pg_catalog.quote_ident(extname) || ' CASCADE'
FROM pg_catalog.pg_extension x
LEFT JOIN pg_catalog.pg_available_extension_versions v ON v.name = extname AND v.version = extversion
JOIN pg_catalog.pg_roles r ON r.rolname = current_user
WHERE extname <> 'plpgsql'
    AND pg_catalog.pg_has_role(extowner, 'USAGE')
    -- PostgreSQL 12 has no trusted extensions.
    AND (r.rolsuper OR NOT v.superuser OR coalesce((pg_catalog.to_jsonb(v) ->> 'trusted')::boolean, false))
UNION ALL
SELECT 'SELECT pg_catalog.lo_unlink(' || oid || ')'
FROM pg_catalog.pg_largeobject_metadata
WHERE pg_catalog.pg_has_role(lomowner, 'USAGE')
