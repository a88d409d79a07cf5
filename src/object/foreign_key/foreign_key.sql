-- Foreign keys between tables that are read; those that a partition inherits belong to the parent. A column's name
-- is asked for by itself, so that it is found by both parts of the index.
-- What only newer servers have is a column of the catalog there, and elsewhere the one outside: SET NULL of some columns
-- (PostgreSQL 15), NOT ENFORCED and PERIOD (18).
SELECT f.*
FROM (SELECT NULL::pg_catalog.int2[] AS confdelsetcols, true AS conenforced, false AS conperiod) elsewhere
CROSS JOIN LATERAL (
    SELECT n.nspname AS schema, c.relname AS table_name, k.conname AS name, rn.nspname AS referenced_schema,
           rc.relname AS referenced_table, k.confdeltype AS on_delete, k.confupdtype AS on_update,
           (SELECT i.relname FROM pg_catalog.pg_class i WHERE i.oid = k.conindid) AS unique_index,
           ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = p.attnum)
                 FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS p (attnum, position)
                 ORDER BY p.position) AS columns,
           ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = p.attnum)
                 FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS p (attnum, position)
                 ORDER BY p.position) AS referenced_columns,
           CASE WHEN confdelsetcols IS NOT NULL THEN ARRAY(
               SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = p.attnum)
               FROM pg_catalog.unnest(confdelsetcols) WITH ORDINALITY AS p (attnum, position)
               ORDER BY p.position) END AS set_columns,
           k.confmatchtype = 'f' AS matches_full, k.condeferrable AS is_deferrable, k.condeferred AS is_initially_deferred,
           k.convalidated AS is_validated, conenforced AS is_enforced, conperiod AS is_of_periods
    FROM pg_catalog.pg_constraint k
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid
    JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
    WHERE k.contype = 'f' AND n.nspname = ANY ($1) AND rn.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
      AND ($partitions OR NOT c.relispartition) AND k.conparentid = 0
) f
ORDER BY f.schema, f.table_name, f.name
