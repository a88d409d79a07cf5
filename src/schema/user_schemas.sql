-- The schemas of a database that are neither the server's nor made by an extension.
SELECT user_schema.nspname
FROM pg_catalog.pg_namespace user_schema
WHERE user_schema.nspname !~ '^pg_' AND user_schema.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend made
                  WHERE made.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND made.objid = user_schema.oid
                    AND made.deptype = 'e')
ORDER BY user_schema.nspname
