-- Tables whose comment is the list of a project beside others, and whether somebody else keeps a history of migrations.
SELECT n.nspname AS schema, c.relname AS name, pg_catalog.obj_description(c.oid, 'pg_class') AS list
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r'
  AND (pg_catalog.obj_description(c.oid, 'pg_class') LIKE '{"cm-migrate":%'
       OR c.relname IN ('_migrations', '_prisma_migrations', '_migrations_drizzle'))
ORDER BY 1, 2
