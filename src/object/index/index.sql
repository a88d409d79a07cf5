-- Indexes that the schema language can say: plain columns, each once. What it cannot say is left alone, unless it is invalid.
-- An index of a partitioned table waits for those of its parts and is sound. Who may not see what other sessions do sees
-- that they build something: it is this index if they hold its table.
-- Servers before PostgreSQL 15 have no NULLS NOT DISTINCT: there the column is the one outside.
SELECT f.*
FROM (SELECT false AS indnullsnotdistinct) elsewhere
CROSS JOIN LATERAL (
    SELECT n.nspname AS schema, ic.relname AS name, c.relname AS table_name, i.indisunique AS is_unique, am.amname AS method,
           EXISTS (SELECT FROM pg_catalog.pg_constraint k
                   WHERE k.conindid = i.indexrelid AND k.contype = 'u') AS is_constraint,
           NOT i.indisvalid AND ic.relkind <> 'I' AS is_invalid,
           CASE WHEN NOT i.indisvalid AND ic.relkind <> 'I' THEN (
               SELECT p.pid
               FROM pg_catalog.pg_stat_progress_create_index p
               WHERE p.index_relid = i.indexrelid
                  OR (p.relid IS NULL
                      AND EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = p.pid AND l.relation = i.indrelid))
               LIMIT 1) END AS builder,
           CASE WHEN NOT i.indisvalid AND ic.relkind <> 'I' THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
           i.indexprs IS NOT NULL AS has_expressions,
           -- All that it relies on, those in expressions included.
           CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
               SELECT u.attname
               FROM pg_catalog.pg_depend d
               JOIN pg_catalog.pg_attribute u ON u.attrelid = d.refobjid AND u.attnum = d.refobjsubid
               WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid) END AS needed_columns,
           -- An option of 1 or 2 is an order of nulls that does not go by itself with ASC or DESC.
           pg_catalog.bool_or(
               i.indexprs IS NOT NULL OR i.indnatts > i.indnkeyatts OR ic.reloptions IS NOT NULL OR ic.reltablespace <> 0
               OR i.indoption[k.position - 1] IN (1, 2) OR i.indcollation[k.position - 1] NOT IN (0, a.attcollation)
               OR indnullsnotdistinct) AS is_richer,
           pg_catalog.min(pg_catalog.pg_get_expr(i.indpred, i.indrelid)) AS predicate,
           -- Null stands for an expression.
           pg_catalog.array_agg(a.attname ORDER BY k.position) AS columns,
           pg_catalog.array_agg((i.indoption[k.position - 1] & 1) = 1 ORDER BY k.position) AS is_descending,
           pg_catalog.array_agg(o.opcname ORDER BY k.position) AS operator_classes,
           pg_catalog.array_agg(CASE WHEN o.oid < 16384 THEN '' ELSE p.nspname END ORDER BY k.position)
               AS operator_class_homes,
           -- As text, since an array of arrays would need them to be of one length.
           pg_catalog.array_agg(ia.attoptions::pg_catalog.text ORDER BY k.position) AS operator_class_parameters,
           -- What an extension makes the default of a built-in type is no default to the language.
           pg_catalog.array_agg(o.opcdefault AND (o.oid < 16384 OR o.opcintype >= 16384) ORDER BY k.position)
               AS is_default_class
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_catalog.pg_am am ON am.oid = ic.relam
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, position)
    -- By themselves, so that they are found by both parts of the catalogue's index.
    LEFT JOIN LATERAL (SELECT attname, attcollation
                       FROM pg_catalog.pg_attribute
                       WHERE attrelid = i.indrelid AND attnum = k.attnum
                       OFFSET 0) a ON true
    -- A column of the index itself, which has no options before PostgreSQL 13.
    CROSS JOIN LATERAL (SELECT attoptions
                        FROM pg_catalog.pg_attribute
                        WHERE attrelid = i.indexrelid AND attnum = k.position
                        OFFSET 0) ia
    JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[k.position - 1]
    JOIN pg_catalog.pg_namespace p ON p.oid = o.opcnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT i.indisprimary AND NOT i.indisexclusion
      AND (i.indexprs IS NULL OR NOT i.indisvalid AND ic.relkind <> 'I') AND k.position <= i.indnkeyatts
    GROUP BY n.nspname, ic.relname, ic.relkind, c.relname, i.indisunique, i.indisvalid, i.indexprs IS NOT NULL, i.indrelid,
        am.amname, i.indexrelid
    HAVING pg_catalog.count(DISTINCT k.attnum) = pg_catalog.count(*) OR NOT i.indisvalid AND ic.relkind <> 'I'
) f
ORDER BY f.schema, f.name
