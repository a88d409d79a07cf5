-- One row a table: columns as parallel arrays, in the order of their numbers.
SELECT n.nspname AS schema, c.relname AS name,
       pg_catalog.array_agg(a.attname ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL) AS columns,
       pg_catalog.array_agg(
           CASE WHEN et.typtype = 'e' AND ext.objid IS NULL THEN tn.nspname ELSE '' END ORDER BY a.attnum) AS type_schemas,
       pg_catalog.array_agg(et.typname ORDER BY a.attnum) AS type_names,
       pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS formatted_types,
       pg_catalog.array_agg(et.typarray = t.oid ORDER BY a.attnum) AS is_array,
       pg_catalog.array_agg(a.attnotnull ORDER BY a.attnum) AS not_null,
       pg_catalog.array_agg(pg_catalog.pg_get_expr(d.adbin, d.adrelid) ORDER BY a.attnum) AS defaults,
       pg_catalog.array_agg(a.attidentity <> '' ORDER BY a.attnum) AS is_identity,
       pg_catalog.array_agg(a.attgenerated <> '' ORDER BY a.attnum) AS is_generated,
       pg_catalog.array_agg(s.nspname ORDER BY a.attnum) AS sequence_schemas,
       pg_catalog.array_agg(s.relname ORDER BY a.attnum) AS sequence_names,
       pk.conname AS primary_key,
       (SELECT pg_catalog.array_agg(ka.attname ORDER BY k.position)
        FROM pg_catalog.unnest(pk.conkey) WITH ORDINALITY AS k (attnum, position)
        JOIN pg_catalog.pg_attribute ka ON ka.attrelid = c.oid AND ka.attnum = k.attnum) AS primary_key_columns
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
-- The type of the elements; int2vector and oidvector have some too, but are no lists.
LEFT JOIN pg_catalog.pg_type et
       ON et.oid = CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector')
                        THEN t.typelem ELSE t.oid END
LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = et.typnamespace
LEFT JOIN pg_catalog.pg_depend ext
       ON ext.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND ext.objid = et.oid AND ext.deptype = 'e'
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_constraint pk ON pk.conrelid = c.oid AND pk.contype = 'p'
LEFT JOIN LATERAL (
    -- The sequence that belongs to the column: IDENTITY ('i') or SERIAL ('a').
    SELECT sn.nspname, sc.relname
    FROM pg_catalog.pg_depend sd
    JOIN pg_catalog.pg_class sc ON sc.oid = sd.objid AND sc.relkind = 'S'
    JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
    WHERE sd.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND sd.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND sd.refobjid = c.oid AND sd.refobjsubid = a.attnum AND sd.deptype IN ('a', 'i')
    ORDER BY sd.deptype DESC, sc.relname
    LIMIT 1
) s ON true
WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
GROUP BY n.nspname, c.relname, c.oid, pk.conname, pk.conkey
-- The schema language has no table without columns.
HAVING pg_catalog.count(a.attnum) > 0
ORDER BY n.nspname, c.relname
