-- One row a schema that exists.
SELECT n.nspname AS name
FROM pg_catalog.pg_namespace n
WHERE n.nspname = ANY ($1)
ORDER BY n.nspname
