-- Which of these names are taken in the database: $wanted holds rows of schema, name, the table for a constraint ('' for a
-- relation or a type), and whether it is a type alone. `owner` is the table of an index or a constraint.
WITH wanted (schema, name, table_name, is_type) AS (
    VALUES $wanted
)
SELECT w.schema, w.name, w.table_name, w.is_type,
       CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view'
                      WHEN 'm' THEN 'materialized view' WHEN 'c' THEN 'composite type' WHEN 'f' THEN 'foreign table'
                      ELSE CASE WHEN i.indexprs IS NOT NULL THEN 'expression index'
                                WHEN NOT i.indisvalid THEN 'invalid index' ELSE 'index' END END AS kind,
       COALESCE(t.relname, '') AS owner
FROM wanted w
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
LEFT JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
WHERE w.table_name = '' AND NOT w.is_type
UNION ALL
SELECT w.schema, w.name, w.table_name, w.is_type,
       CASE y.typtype WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum' WHEN 'r' THEN 'range type'
                      WHEN 'c' THEN CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'c' THEN 'composite type'
                                                   ELSE 'table' END
                      ELSE 'type' END, ''
FROM wanted w
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_type y ON y.typnamespace = n.oid AND y.typname = w.name AND (y.typcategory <> 'A' OR y.typtype = 'd')
LEFT JOIN pg_catalog.pg_class c ON c.oid = y.typrelid
WHERE w.is_type
UNION ALL
SELECT w.schema, w.name, w.table_name, w.is_type,
       CASE k.contype WHEN 'c' THEN 'check constraint' WHEN 'x' THEN 'exclusion constraint' WHEN 'n' THEN 'NOT NULL constraint'
                      WHEN 'f' THEN 'foreign key' ELSE 'constraint' END, c.relname
FROM wanted w
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.table_name
JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = w.name
WHERE w.table_name <> ''
