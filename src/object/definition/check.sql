-- CHECK constraints of tables; what is only inherited is the parent's.
SELECT n.nspname AS schema, c.relname AS name, k.conname AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       pg_catalog.pg_get_constraintdef(k.oid) AS text,
       CASE WHEN k.coninhcount > 0 THEN ARRAY['inherited'] ELSE '{}' END AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'c' AND k.conislocal AND c.relkind IN ('r', 'p') AND n.nspname = ANY ($1)
ORDER BY 1, 2, 3
