-- Tables that look like a migrations table, whatever their names are, or like a mark of `protect`.
WITH tables AS (
    SELECT n.nspname, c.relname, pg_catalog.array_agg(a.attname::text) AS columns
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_'
    GROUP BY n.nspname, c.relname)
SELECT nspname, relname, NOT columns <@ ARRAY['name', 'since'] AS is_history
FROM tables
WHERE columns @> ARRAY['migration_name', 'checksum', 'finished_at', 'rolled_back_at', 'applied_steps_count']
   OR relname = '_prisma_migrations'
   OR (relname LIKE '%\_protection' AND columns @> ARRAY['name', 'since'] AND columns <@ ARRAY['name', 'since'])
ORDER BY is_history, nspname, relname
