-- Foreign keys between tables that are read; those that a partition inherits belong to the parent. A column's name
-- is asked for by itself, so that it is found by both parts of the index.
SELECT n.nspname AS schema, c.relname AS table_name, k.conname AS name, rn.nspname AS referenced_schema,
       rc.relname AS referenced_table, k.confdeltype AS on_delete, k.confupdtype AS on_update,
       (SELECT i.relname FROM pg_catalog.pg_class i WHERE i.oid = k.conindid) AS unique_index,
       ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = p.attnum)
             FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS p (attnum, position)
             ORDER BY p.position) AS columns,
       ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = p.attnum)
             FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS p (attnum, position)
             ORDER BY p.position) AS referenced_columns
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid
JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
WHERE k.contype = 'f' AND n.nspname = ANY ($1) AND rn.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND k.conparentid = 0
ORDER BY n.nspname, c.relname, k.conname
