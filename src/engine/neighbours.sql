-- Tables whose comment is the list of a project beside others, and those in which somebody else keeps a history of migrations: by
-- their form, since a table of the application may have such a name.
SELECT n.nspname AS schema, c.relname AS name, d.description AS list
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
WHERE c.relkind = 'r'
  AND (d.description LIKE '{"cm-migrate":%'
       OR (c.relname IN ('_migrations', '_prisma_migrations') OR c.relname ~ '^_migrations_drizzle')
          AND 4 = (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attname IN ('checksum', 'migration_name', 'started_at', 'applied_steps_count')))
ORDER BY 1, 2
