-- What lies in the schemas $1 and can be dropped by itself, in an order in which little goes with it: what stands on other
-- things before these, children before their parents. What belongs to extensions is left out, and so is what a part of
-- something else goes with (deptype 'i'): row types, sequences of identity columns, constructors of ranges.
SELECT
    n.nspname AS schema,
    i.type,
    i.name,
    i.identity,
    coalesce(c.relkind IN ('r', 'p'), false) AS is_table,
    -- The table that it belongs to: of a sequence that a column owns, of statistics.
    part.schema AS table_schema,
    part.name AS table_name,
    -- Roughly the locks that dropping it takes: one for each object that goes.
    3 + (
        SELECT count(*)
        FROM pg_catalog.pg_depend piece
        WHERE piece.refclassid = d.classid AND piece.refobjid = d.objid
    ) AS locks
FROM pg_catalog.pg_depend d
JOIN pg_catalog.pg_namespace n ON n.oid = d.refobjid
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) i
LEFT JOIN LATERAL (
    SELECT s.nspname AS schema, t.relname AS name
    FROM pg_catalog.pg_depend a
    JOIN pg_catalog.pg_class t ON t.oid = a.refobjid
    JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace
    WHERE a.classid = d.classid AND a.objid = d.objid AND a.deptype = 'a'
        AND a.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    ORDER BY t.oid
    LIMIT 1
) part ON true
LEFT JOIN pg_catalog.pg_class c ON c.oid = d.objid AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
    AND n.nspname = ANY ($1::text[])
    AND d.deptype = 'n'
    AND d.objsubid = 0
    AND d.classid <> 'pg_catalog.pg_extension'::pg_catalog.regclass
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend whole
        WHERE whole.classid = d.classid AND whole.objid = d.objid AND whole.objsubid = 0 AND whole.deptype IN ('e', 'i')
    )
ORDER BY
    CASE
        WHEN c.relkind IN ('v', 'm') THEN 0
        WHEN c.relkind = 'S' THEN 3
        WHEN c.oid IS NOT NULL THEN CASE WHEN c.relhassubclass THEN 2 ELSE 1 END
        ELSE 4
    END,
    d.objid DESC
