-- Statements that drop the schemas of the role, but for $1 and those that extensions are in or have brought.
SELECT 'DROP SCHEMA IF EXISTS ' || pg_catalog.quote_ident(nspname) || ' CASCADE;' AS statement
FROM pg_catalog.pg_namespace n
WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', $1)
  AND pg_catalog.pg_has_role(nspowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  LEFT JOIN pg_catalog.pg_depend e
                    ON e.classid = d.classid AND e.objid = d.objid AND e.deptype = 'e'
                  WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                    AND d.refobjid = n.oid
                    AND (d.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass
                         OR e.objid IS NOT NULL))
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                    AND d.objid = n.oid AND d.deptype = 'e')
