-- All indexes but those of primary keys and exclusion constraints; with partitions, those that are parts of a parent's, too.
-- An index of a partitioned table waits for those of its parts and is sound. Who may not see what other sessions do sees
-- that they build something: it is this index if they hold its table.
-- What only newer servers have is a column of the catalog there, and elsewhere the one outside: NULLS NOT DISTINCT
-- (PostgreSQL 15), WITHOUT OVERLAPS (18).
SELECT f.*
FROM (SELECT false AS indnullsnotdistinct, false AS conperiod) elsewhere
CROSS JOIN LATERAL (
    SELECT n.nspname AS schema, ic.relname AS name, c.relname AS table_name, i.indisunique AS is_unique, am.amname AS method,
           u.oid IS NOT NULL AS is_constraint, COALESCE(u.condeferrable, false) AS is_deferrable,
           COALESCE(u.condeferred, false) AS is_initially_deferred,
           u.oid IS NOT NULL AND conperiod AS is_without_overlaps,
           NOT i.indisvalid AND ic.relkind <> 'I' AS is_invalid,
           CASE WHEN NOT i.indisvalid AND ic.relkind <> 'I' THEN (
               SELECT p.pid
               FROM pg_catalog.pg_stat_progress_create_index p
               WHERE p.index_relid = i.indexrelid
                  OR (p.relid IS NULL
                      AND EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE l.pid = p.pid AND l.relation = i.indrelid))
               LIMIT 1) END AS builder,
           -- What is plain needs no text, which takes PostgreSQL longer than all else here.
           CASE WHEN NOT i.indisvalid OR NOT k.are_plain OR i.indisunique AND k.have_classes
                THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
           i.indexprs IS NOT NULL AS has_expressions,
           c.relkind = 'm' AS is_of_view,
           ic.relkind = 'I' AS is_partitioned,
           CASE WHEN ic.relispartition THEN (
               SELECT ARRAY[pn.nspname, p.relname]
               FROM pg_catalog.pg_inherits h
               JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
               JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
               WHERE h.inhrelid = ic.oid) END AS parent,
           i.indexprs IS NULL AND k.are_distinct AND c.relkind <> 'm' AND NOT i.indisexclusion AS is_expressible,
           -- All that it relies on, those in expressions included.
           CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
               SELECT a.attname
               FROM pg_catalog.pg_depend d
               JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
               WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = i.indexrelid
                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = i.indrelid) END AS needed_columns,
           NOT k.are_plain OR i.indnatts > i.indnkeyatts OR ic.reloptions IS NOT NULL OR ic.reltablespace <> 0
               OR indnullsnotdistinct AS is_richer,
           pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
           k.columns, k.expressions, k.is_plain, k.is_descending, k.operator_classes, k.operator_class_homes,
           k.operator_class_parameters, k.is_default_class, k.statistics,
           CASE WHEN i.indnatts > i.indnkeyatts THEN ARRAY(
               SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = p.attnum)
               FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS p (attnum, position)
               WHERE p.position > i.indnkeyatts
               ORDER BY p.position) END AS included,
           indnullsnotdistinct AS nulls_are_not_distinct,
           ic.reloptions AS parameters, i.indisclustered AS is_clustered, i.indisreplident AS is_replica_identity,
           CASE WHEN ic.reltablespace <> 0 THEN (
               SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = ic.reltablespace) END AS tablespace
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_catalog.pg_am am ON am.oid = ic.relam
    JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_constraint u
      ON u.conrelid = i.indrelid AND u.conindid = i.indexrelid AND u.contype = 'u' AND i.indisunique
    CROSS JOIN LATERAL (
        SELECT pg_catalog.bool_and(a.attname IS NOT NULL AND i.indoption[k.position - 1] NOT IN (1, 2)
                                   AND i.indcollation[k.position - 1] IN (0, a.attcollation)) AS are_plain,
               pg_catalog.count(DISTINCT k.attnum) = pg_catalog.count(*) AS are_distinct,
               pg_catalog.bool_or(NOT o.opcdefault OR o.oid >= 16384 OR ia.attoptions IS NOT NULL) AS have_classes,
               -- Null stands for an expression.
               pg_catalog.array_agg(a.attname ORDER BY k.position) AS columns,
               pg_catalog.array_agg(CASE WHEN a.attname IS NULL
                                         THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.position::pg_catalog.int4, false) END
                                    ORDER BY k.position) AS expressions,
               -- An option of 1 or 2 is an order of nulls that does not go by itself with ASC or DESC.
               pg_catalog.array_agg(a.attname IS NOT NULL AND i.indoption[k.position - 1] NOT IN (1, 2)
                                    AND i.indcollation[k.position - 1] IN (0, a.attcollation) ORDER BY k.position) AS is_plain,
               pg_catalog.array_agg((i.indoption[k.position - 1] & 1) = 1 ORDER BY k.position) AS is_descending,
               pg_catalog.array_agg(o.opcname ORDER BY k.position) AS operator_classes,
               pg_catalog.array_agg(CASE WHEN o.oid < 16384 THEN '' ELSE p.nspname END ORDER BY k.position)
                   AS operator_class_homes,
               -- As text, since an array of arrays would need them to be of one length.
               pg_catalog.array_agg(ia.attoptions::pg_catalog.text ORDER BY k.position) AS operator_class_parameters,
               -- What an extension makes the default of a built-in type is no default to the language.
               pg_catalog.array_agg(o.opcdefault AND (o.oid < 16384 OR o.opcintype >= 16384) ORDER BY k.position)
                   AS is_default_class,
               pg_catalog.array_agg(COALESCE(ia.attstattarget, -1) ORDER BY k.position) AS statistics
        FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, position)
        -- By themselves, so that they are found by both parts of the catalog's index.
        LEFT JOIN LATERAL (SELECT attname, attcollation
                           FROM pg_catalog.pg_attribute
                           WHERE attrelid = i.indrelid AND attnum = k.attnum
                           OFFSET 0) a ON true
        -- A column of the index itself, which has no options before PostgreSQL 13.
        CROSS JOIN LATERAL (SELECT attoptions, attstattarget
                            FROM pg_catalog.pg_attribute
                            WHERE attrelid = i.indexrelid AND attnum = k.position
                            OFFSET 0) ia
        CROSS JOIN LATERAL (SELECT oid, opcname, opcdefault, opcintype, opcnamespace
                            FROM pg_catalog.pg_opclass
                            WHERE oid = i.indclass[k.position - 1]
                            OFFSET 0) o
        JOIN pg_catalog.pg_namespace p ON p.oid = o.opcnamespace
        WHERE k.position <= i.indnkeyatts
    ) k
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p', 'm') AND ($partitions OR NOT (c.relispartition OR ic.relispartition))
      AND NOT i.indisprimary AND (NOT i.indisexclusion OR u.oid IS NOT NULL)
) f
ORDER BY f.schema, f.name
