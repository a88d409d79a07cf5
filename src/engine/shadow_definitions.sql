-- One object that is not PostgreSQL's or an extension's; a table, if there is one.
SELECT i.type, i.identity
FROM (SELECT d.classid, d.objid
      FROM pg_catalog.pg_depend d
      JOIN pg_catalog.pg_namespace n ON n.oid = d.refobjid
      WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.deptype = 'n'
        AND d.objsubid = 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      UNION ALL
      SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid FROM pg_catalog.pg_event_trigger
      UNION ALL
      SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid FROM pg_catalog.pg_publication
      UNION ALL
      SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid
      FROM pg_catalog.pg_foreign_server) AS o (classid, objid)
CROSS JOIN LATERAL pg_catalog.pg_identify_object(classid, objid, 0) i
WHERE classid NOT IN ('pg_catalog.pg_extension'::pg_catalog.regclass,
                      'pg_catalog.pg_default_acl'::pg_catalog.regclass)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = o.classid AND e.objid = o.objid AND e.deptype IN ('e', 'i'))
ORDER BY type <> 'table', type, identity
LIMIT 1
