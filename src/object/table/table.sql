-- One row a table: columns as parallel arrays, in the order of their numbers.
WITH RECURSIVE extension_types AS MATERIALIZED (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'e'
), sequences AS MATERIALIZED (
    -- The sequence that belongs to a column: IDENTITY ('i') or SERIAL ('a').
    SELECT DISTINCT ON (d.refobjid, d.refobjsubid)
           d.refobjid AS relation, d.refobjsubid AS number, n.nspname AS schema, s.relname AS name,
           EXISTS (SELECT FROM pg_catalog.pg_depend u
                   JOIN pg_catalog.pg_attrdef f ON f.oid = u.objid
                   WHERE u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjid = s.oid
                     AND u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                     AND (f.adrelid <> d.refobjid OR f.adnum <> d.refobjsubid)) AS is_shared
    FROM pg_catalog.pg_class s
    JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    WHERE s.relkind = 'S' AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    ORDER BY d.refobjid, d.refobjsubid, d.deptype DESC, s.relname
), tables AS MATERIALIZED (
    SELECT c.oid, n.nspname AS schema, c.relname AS name,
           EXISTS (SELECT FROM pg_catalog.pg_depend e
                   WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                     AND e.deptype = 'e') AS is_extension_member
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
), domains AS (
    -- With the types below them, down to one that is none.
    SELECT t.oid, t.typname AS name, n.nspname AS schema, t.typbasetype AS base, t.typtypmod AS modifier,
           t.typnotnull AS not_null
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT d.oid, d.name, d.schema, t.typbasetype, CASE WHEN d.modifier >= 0 THEN d.modifier ELSE t.typtypmod END,
           d.not_null OR t.typnotnull
    FROM domains d
    JOIN pg_catalog.pg_type t ON t.oid = d.base AND t.typtype = 'd'
), enums AS MATERIALIZED (
    -- Those of object/enum/enum.sql; any other is a type of which only the name is known.
    SELECT DISTINCT t.oid, n.nspname AS schema
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_catalog.pg_enum l ON l.enumtypid = t.oid
    WHERE n.nspname = ANY ($1) AND t.oid NOT IN (SELECT oid FROM extension_types)
), types AS MATERIALIZED (
    -- With the type of the elements; int2vector and oidvector have some too, but are no lists.
    SELECT t.oid, e.typname AS name, e.typarray = b.oid AS is_array, COALESCE(u.schema, '') AS schema,
           -- Of a type that is neither PostgreSQL's own nor one of those enums.
           CASE WHEN u.schema IS NULL AND en.nspname NOT IN ('pg_catalog', 'information_schema') THEN en.nspname ELSE '' END
               AS home,
           e.oid IN (SELECT oid FROM extension_types) AS is_of_extension,
           d.name AS domain, d.schema AS domain_schema, d.base, d.modifier, COALESCE(d.not_null, false) AS not_null
    FROM pg_catalog.pg_type t
    LEFT JOIN domains d
           ON d.oid = t.oid AND NOT EXISTS (SELECT FROM pg_catalog.pg_type n WHERE n.oid = d.base AND n.typtype = 'd')
    JOIN pg_catalog.pg_type b ON b.oid = COALESCE(d.base, t.oid)
    JOIN pg_catalog.pg_type e
      ON e.oid = CASE WHEN b.typcategory = 'A' AND b.typname NOT IN ('int2vector', 'oidvector')
                      THEN b.typelem ELSE b.oid END
    JOIN pg_catalog.pg_namespace en ON en.oid = e.typnamespace
    LEFT JOIN enums u ON u.oid = e.oid
), columns AS (
    SELECT a.attrelid, a.attname, t.schema AS type_schema, t.name AS type_name, t.is_array, t.domain, t.domain_schema,
           a.attnotnull OR t.not_null AS not_null,
           a.attinhcount = 1 AND NOT a.attislocal AS goes_with_parent,
           a.attidentity <> '' AS is_identity, a.attgenerated <> '' AS is_generated, a.attgenerated = 'v' AS is_virtual,
           t.home AS type_home, t.is_of_extension,
           -- Asked for its modifiers only.
           CASE WHEN a.atttypmod >= 0 THEN pg_catalog.format_type(a.atttypid, a.atttypmod)
                WHEN t.modifier >= 0 THEN pg_catalog.format_type(t.base, t.modifier) END AS formatted_type,
           -- Without a table, which a default needs only where it names columns of it: to look one up takes a lock.
           CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, 0)
                ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS default_value, s.schema AS sequence_schema,
           s.name AS sequence_name, COALESCE(s.is_shared, false) AS sequence_is_shared
    FROM tables r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN types t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN sequences s ON s.relation = a.attrelid AND s.number = a.attnum
    -- Sorted once, instead of in each of the arrays.
    ORDER BY a.attrelid, a.attnum
), parents AS (
    SELECT h.inhrelid AS relation, pg_catalog.array_agg(p.schema ORDER BY h.inhseqno) AS schemas,
           pg_catalog.array_agg(p.name ORDER BY h.inhseqno) AS names
    FROM tables r
    JOIN pg_catalog.pg_inherits h ON h.inhrelid = r.oid
    JOIN tables p ON p.oid = h.inhparent
    GROUP BY h.inhrelid
), outside_references AS MATERIALIZED (
    -- Foreign keys of tables in other schemas.
    SELECT f.conindid
    FROM pg_catalog.pg_constraint f
    JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE f.contype = 'f' AND n.nspname <> ALL ($1)
), arrays AS (
    SELECT attrelid, pg_catalog.array_agg(attname) AS columns, pg_catalog.array_agg(type_schema) AS type_schemas,
           pg_catalog.array_agg(type_name) AS type_names, pg_catalog.array_agg(formatted_type) AS formatted_types,
           pg_catalog.array_agg(is_array) AS is_array, pg_catalog.array_agg(domain) AS domains,
           pg_catalog.array_agg(domain_schema) AS domain_schemas,
           pg_catalog.array_agg(not_null) AS not_null,
           pg_catalog.array_agg(default_value) AS defaults, pg_catalog.array_agg(is_identity) AS is_identity,
           pg_catalog.array_agg(is_generated) AS is_generated, pg_catalog.array_agg(goes_with_parent) AS go_with_parent,
           pg_catalog.array_agg(sequence_schema) AS sequence_schemas,
           pg_catalog.array_agg(sequence_name) AS sequence_names,
           pg_catalog.array_agg(sequence_is_shared) AS sequences_are_shared,
           pg_catalog.array_agg(is_virtual) AS is_virtual, pg_catalog.array_agg(type_home) AS type_homes,
           pg_catalog.array_agg(is_of_extension) AS types_are_of_extension
    FROM columns
    GROUP BY attrelid
)
SELECT r.schema, r.name, r.is_extension_member, i.schemas AS parent_schemas, i.names AS parents, c.columns,
       c.type_schemas, c.type_names, c.formatted_types, c.is_array,
       c.domains, c.domain_schemas, c.not_null, c.defaults, c.is_identity, c.is_generated, c.go_with_parent, c.sequence_schemas, c.sequence_names,
       c.sequences_are_shared, c.is_virtual, c.type_homes, c.types_are_of_extension,
       pk.conname AS primary_key,
       -- A column's name is asked for by itself, so that it is found by both parts of the index.
       ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.oid AND a.attnum = k.attnum)
             FROM pg_catalog.unnest(pk.conkey) WITH ORDINALITY AS k (attnum, position)
             ORDER BY k.position) AS primary_key_columns,
       COALESCE(pk.conindid IN (SELECT conindid FROM outside_references), false) AS key_is_referenced_from_outside
FROM tables r
LEFT JOIN arrays c ON c.attrelid = r.oid
LEFT JOIN parents i ON i.relation = r.oid
LEFT JOIN pg_catalog.pg_constraint pk ON pk.conrelid = r.oid AND pk.contype = 'p'
ORDER BY r.schema, r.name
