-- Tables whose comment is the list of a project beside others, and whether somebody else keeps a history of migrations.
SELECT n.nspname AS schema, c.relname AS name, pg_catalog.obj_description(c.oid, 'pg_class') AS list
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND (pg_catalog.obj_description(c.oid, 'pg_class') LIKE '{"cm-migrate":%'
       -- By its form: a table of the application may have such a name.
      OR c.relname IN ('_migrations', '_prisma_migrations', '_migrations_drizzle')
         AND 4 = (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attname IN ('checksum', 'migration_name', 'started_at', 'applied_steps_count')))
ORDER BY 1, 2
