-- One row a view, plain or materialized, in the columns of object/table/table.sql; a view promises no NOT NULL.
SELECT n.nspname AS schema, c.relname AS name, c.oid, c.relkind = 'm' AS is_materialized,
       pg_catalog.array_agg(a.attname ORDER BY a.attnum) AS columns,
       pg_catalog.array_agg(a.attnum ORDER BY a.attnum) AS numbers,
       pg_catalog.array_agg(
           CASE WHEN tn.nspname = ANY ($1) AND ext.objid IS NULL
                     AND EXISTS (SELECT FROM pg_catalog.pg_enum l WHERE l.enumtypid = et.oid)
                THEN tn.nspname ELSE '' END ORDER BY a.attnum) AS type_schemas,
       pg_catalog.array_agg(et.typname ORDER BY a.attnum) AS type_names,
       pg_catalog.array_agg(
           pg_catalog.format_type(t.oid, CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE d.typtypmod END)
           ORDER BY a.attnum) AS formatted_types,
       pg_catalog.array_agg(et.typarray = t.oid ORDER BY a.attnum) AS is_array,
       pg_catalog.array_agg(d.typname ORDER BY a.attnum) AS domains,
       pg_catalog.array_agg(dn.nspname ORDER BY a.attnum) AS domain_schemas,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS not_null,
       pg_catalog.array_agg(pg_catalog.pg_get_expr(df.adbin, 0) ORDER BY a.attnum) AS defaults,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS is_identity,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS is_generated,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS go_with_parent,
       pg_catalog.array_agg(NULL::pg_catalog.text ORDER BY a.attnum) AS sequence_schemas,
       pg_catalog.array_agg(NULL::pg_catalog.text ORDER BY a.attnum) AS sequence_names,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS sequences_are_shared,
       pg_catalog.array_agg(false ORDER BY a.attnum) AS is_virtual,
       pg_catalog.array_agg(
           CASE WHEN tn.nspname IN ('pg_catalog', 'information_schema')
                     OR tn.nspname = ANY ($1) AND ext.objid IS NULL
                        AND EXISTS (SELECT FROM pg_catalog.pg_enum l WHERE l.enumtypid = et.oid)
                THEN '' ELSE tn.nspname END ORDER BY a.attnum) AS type_homes,
       pg_catalog.array_agg(ext.objid IS NOT NULL ORDER BY a.attnum) AS types_are_of_extension,
       NULL AS primary_key, NULL AS primary_key_columns, false AS key_is_referenced_from_outside, NULL AS parent_schemas, NULL AS parents, NULL AS details, NULL AS facts, NULL AS options,
       false AS is_extension_member, NULL AS owner
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef df ON df.adrelid = c.oid AND df.adnum = a.attnum
LEFT JOIN pg_catalog.pg_type d ON d.oid = a.atttypid AND d.typtype = 'd'
LEFT JOIN pg_catalog.pg_namespace dn ON dn.oid = d.typnamespace
JOIN pg_catalog.pg_type t ON t.oid = COALESCE(d.typbasetype, a.atttypid)
JOIN pg_catalog.pg_type et
  ON et.oid = CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('int2vector', 'oidvector')
                   THEN t.typelem ELSE t.oid END
JOIN pg_catalog.pg_namespace tn ON tn.oid = et.typnamespace
LEFT JOIN pg_catalog.pg_depend ext
       ON ext.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND ext.objid = et.oid AND ext.deptype = 'e'
WHERE n.nspname = ANY ($1) AND c.relkind IN ('v', 'm')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
GROUP BY n.nspname, c.relname, c.oid, c.relkind
ORDER BY n.nspname, c.relname
