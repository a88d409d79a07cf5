-- Exclusion constraints; what is only inherited is the parent's.
SELECT n.nspname AS schema, c.relname AS name, k.conname AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       pg_catalog.pg_get_constraintdef(k.oid) AS text, ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE k.contype = 'x' AND k.conparentid = 0 AND n.nspname = ANY ($1)
ORDER BY 1, 2, 3
