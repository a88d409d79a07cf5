-- One row a schema that exists, with the names of its types that are neither enums nor made with a table. Those of arrays
-- PostgreSQL changes by itself where they are in the way.
SELECT n.nspname AS name,
       ARRAY(SELECT t.typname
             FROM pg_catalog.pg_type t
             WHERE t.typnamespace = n.oid AND t.typtype <> 'e' AND (t.typcategory <> 'A' OR t.typtype = 'd')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c
                               WHERE c.oid = t.typrelid AND c.relkind IN ('r', 'p'))
             ORDER BY t.typname) AS other_types
FROM pg_catalog.pg_namespace n
WHERE n.nspname = ANY ($1)
ORDER BY n.nspname
