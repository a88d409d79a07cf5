-- One row a table: columns as parallel arrays, in the order of their numbers.
WITH RECURSIVE extension_types AS MATERIALIZED (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.deptype = 'e'
), takers AS MATERIALIZED (
    -- The columns whose defaults take numbers from a sequence.
    SELECT u.refobjid AS sequence, f.adrelid AS relation, f.adnum::integer AS number,
           -- A partition has its parent's default.
           EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = f.adrelid AND c.relispartition) AS is_of_partition
    FROM pg_catalog.pg_attrdef f
    JOIN pg_catalog.pg_depend u ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = f.oid
    WHERE u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
), sequences AS MATERIALIZED (
    -- The sequence that belongs to a column: IDENTITY ('i') or SERIAL ('a').
    SELECT DISTINCT ON (d.refobjid, d.refobjsubid)
           d.refobjid AS relation, d.refobjsubid AS number, n.nspname AS schema, s.relname AS name,
           'nextval(' || pg_catalog.quote_literal(s.oid::pg_catalog.regclass::text) || '::regclass)' AS next_value,
           -- Of one that the column does not count by, the column need not know more.
           CASE WHEN d.deptype = 'i' OR (s.oid, d.refobjid, d.refobjsubid) IN (SELECT sequence, relation, number FROM takers)
                THEN pg_catalog.concat_ws(' ', pg_catalog.format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin,
                                          q.seqmax, q.seqcache, q.seqcycle, s.relpersistence = 'u',
                                          -- Before PostgreSQL 15, all are logged.
                                          s.relpersistence <> r.relpersistence
                                          AND pg_catalog.current_setting('server_version_num')::integer >= 150000)
           END AS options,
           s.oid IN (SELECT sequence FROM takers WHERE NOT is_of_partition GROUP BY sequence HAVING pg_catalog.count(*) > 1)
               OR (s.oid IN (SELECT sequence FROM takers)
                   AND (s.oid, d.refobjid, d.refobjsubid) NOT IN (SELECT sequence, relation, number FROM takers)) AS is_shared
    FROM pg_catalog.pg_class s
    JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
    JOIN pg_catalog.pg_depend d
      ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid
     AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
    JOIN pg_catalog.pg_class r ON r.oid = d.refobjid
    WHERE s.relkind = 'S' AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    -- Of several, the one that it counts by.
    ORDER BY d.refobjid, d.refobjsubid, d.deptype DESC,
             (s.oid, d.refobjid, d.refobjsubid) IN (SELECT sequence, relation, number FROM takers) DESC, s.relname
), tables AS MATERIALIZED (
    SELECT c.oid, n.nspname AS schema, c.relname AS name, c.reltoastrelid, c.reltablespace, c.relam, c.relpersistence,
           CASE WHEN pg_catalog.pg_get_userbyid(c.relowner) <> current_user
                THEN pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) END AS owner,
           c.relkind, pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bound, c.reloptions, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.reloftype,
           EXISTS (SELECT FROM pg_catalog.pg_depend e
                   WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid
                     AND e.deptype = 'e') AS is_extension_member
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND ($partitions OR NOT c.relispartition)
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
    SELECT t.oid, n.nspname AS schema
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY ($1) AND t.typtype = 'e' AND t.oid NOT IN (SELECT oid FROM extension_types)
      AND ($partitions OR t.oid IN (SELECT enumtypid FROM pg_catalog.pg_enum))
), types AS MATERIALIZED (
    -- With the type of the elements; int2vector and oidvector have some too, but are no lists.
    SELECT t.oid, t.typcollation, t.typstorage, e.typname AS name, e.typarray = b.oid AS is_array, COALESCE(u.schema, '') AS schema,
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
), required AS MATERIALIZED (
    -- The constraints of NOT NULL, which only PostgreSQL 18 keeps by name; one that is inherited has the parent's.
    SELECT conrelid, conkey[1] AS number, CASE WHEN conislocal THEN conname END AS conname,
           CASE WHEN NOT conislocal THEN conname END AS inherited_name, connoinherit, NOT conislocal AS is_inherited,
           conislocal AND coninhcount > 0 AS is_of_both,
           NOT convalidated AS is_unchecked
    FROM pg_catalog.pg_constraint
    WHERE contype = 'n' AND conrelid <> 0
), attributes AS (
    -- A name that is no column of the server's catalog is the one outside.
    SELECT a.*
    FROM (SELECT ''::"char" AS attcompression) older
    CROSS JOIN LATERAL (
        SELECT attrelid, attnum, attname, atttypid, atttypmod, attnotnull, attinhcount, attislocal, attidentity, attgenerated,
               attcollation, attstorage, attcompression, attoptions, NULLIF(attstattarget, -1) AS statistics
        FROM pg_catalog.pg_attribute
        WHERE attnum > 0 AND NOT attisdropped
    ) a
), columns AS (
    SELECT a.attrelid, a.attnum, a.attname, t.schema AS type_schema, t.name AS type_name, t.is_array, t.domain, t.domain_schema,
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
           s.name AS sequence_name, COALESCE(s.is_shared, false) AS sequence_is_shared,
           -- What few columns have, as one text: none of it, nothing.
           CASE WHEN a.attcollation <> t.typcollation OR a.attstorage <> t.typstorage OR a.attcompression <> ''
                  OR a.statistics IS NOT NULL OR a.attoptions IS NOT NULL OR a.attidentity <> ''
                  OR (t.not_null AND NOT a.attnotnull) OR s.options IS NOT NULL OR q.conname IS NOT NULL
                  OR a.attinhcount > 0 OR q.is_unchecked OR a.attgenerated <> ''
                THEN ARRAY[(SELECT n.nspname FROM pg_catalog.pg_collation l
                            JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
                            WHERE a.attcollation <> t.typcollation AND l.oid = a.attcollation),
                           (SELECT l.collname FROM pg_catalog.pg_collation l
                            WHERE a.attcollation <> t.typcollation AND l.oid = a.attcollation),
                           NULLIF(a.attstorage, t.typstorage), a.attcompression, a.statistics::text,
                           pg_catalog.array_to_string(a.attoptions, ','), a.attidentity,
                           NOT a.attnotnull, s.options, q.conname, q.connoinherit,
                           a.attinhcount > 0 AND NOT a.attislocal,
                           CASE WHEN s.next_value IS NOT NULL AND a.attgenerated = ''
                                THEN pg_catalog.pg_get_expr(d.adbin, 0) = s.next_value END,
                           t.typstorage, q.is_inherited,
                           -- SET EXPRESSION, which PostgreSQL 17 has; of a virtual column 18, where nothing checks or publishes it.
                           CASE a.attgenerated
                               WHEN 's' THEN pg_catalog.current_setting('server_version_num')::integer >= 170000
                               WHEN 'v' THEN NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
                                                         WHERE k.conrelid = a.attrelid AND k.contype = 'c')
                                             AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = a.attrelid)
                                             AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication) END,
                           q.is_unchecked, q.inherited_name,
                           -- DROP EXPRESSION, which PostgreSQL 13 has and refuses where children have children; another type, which before 15 fails
                           -- where the expression calls a function.
                           a.attgenerated = ''
                           OR pg_catalog.current_setting('server_version_num')::integer >= 130000
                              AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h
                                              JOIN pg_catalog.pg_inherits g ON g.inhparent = h.inhrelid
                                              WHERE h.inhparent = a.attrelid)
                              -- Before 15 it leaves the column with what else the expression used: DROP FUNCTION takes the column along.
                              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                              WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = a.attrelid
                                                AND d.objsubid = a.attnum AND d.deptype = 'a' AND d.refobjid <> a.attrelid),
                           a.attgenerated = '' OR pg_catalog.current_setting('server_version_num')::integer >= 150000,
                           q.is_of_both]::text[]::text
           END AS details
    FROM tables r
    JOIN attributes a ON a.attrelid = r.oid
    JOIN types t ON t.oid = a.atttypid
    LEFT JOIN required q ON q.conrelid = a.attrelid AND q.number = a.attnum
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
), primary_keys AS (
    -- WITHOUT OVERLAPS came with PostgreSQL 18: elsewhere the column is the one outside.
    SELECT k.*
    FROM (SELECT false AS conperiod) elsewhere
    CROSS JOIN LATERAL (
        SELECT p.conrelid, p.conname, p.conkey, p.conindid, p.condeferrable, p.condeferred, conperiod AS is_without_overlaps,
               i.indisclustered, i.indisreplident, c.relkind, c.reloptions,
               CASE WHEN c.relispartition THEN (
                   SELECT ARRAY[pn.nspname, pc.relname]
                   FROM pg_catalog.pg_inherits h
                   JOIN pg_catalog.pg_class pc ON pc.oid = h.inhparent
                   JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
                   WHERE h.inhrelid = c.oid) END AS parent,
               (SELECT s.spcname FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) AS tablespace,
               CASE WHEN i.indnatts > i.indnkeyatts THEN ARRAY(
                   SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = p.conrelid AND a.attnum = n.attnum)
                   FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS n (attnum, position)
                   WHERE n.position > i.indnkeyatts
                   ORDER BY n.position) END AS included
        FROM tables r
        JOIN pg_catalog.pg_constraint p ON p.conrelid = r.oid AND p.contype = 'p' AND (p.conparentid = 0 OR $partitions)
        JOIN pg_catalog.pg_index i ON i.indexrelid = p.conindid
        JOIN pg_catalog.pg_class c ON c.oid = p.conindid
    ) k
), arrays AS (
    SELECT attrelid, pg_catalog.array_agg(attname) AS columns, pg_catalog.array_agg(attnum) AS numbers,
           pg_catalog.array_agg(type_schema) AS type_schemas,
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
           pg_catalog.array_agg(is_of_extension) AS types_are_of_extension, pg_catalog.array_agg(details) AS details
    FROM columns
    GROUP BY attrelid
)
SELECT r.schema, r.name, r.oid, r.is_extension_member, r.owner, i.schemas AS parent_schemas, i.names AS parents, c.columns, c.numbers,
       c.type_schemas, c.type_names, c.formatted_types, c.is_array,
       c.domains, c.domain_schemas, c.not_null, c.defaults, c.is_identity, c.is_generated, c.go_with_parent, c.sequence_schemas, c.sequence_names,
       c.sequences_are_shared, c.is_virtual, c.type_homes, c.types_are_of_extension, c.details,
       ARRAY[NULLIF(r.relpersistence, 'p')::text, z.spcname, m.amname, NULLIF(r.relreplident, 'd')::text,
             r.relrowsecurity::text, r.relforcerowsecurity::text,
             CASE WHEN r.relreplident = 'i'
                  THEN (SELECT c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                        WHERE i.indrelid = r.oid AND i.indisreplident) END::text,
             CASE WHEN r.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(r.oid) END, r.bound, o.nspname, o.typname] AS facts,
       CASE WHEN r.relkind = 'p' THEN ARRAY(
           SELECT a.attname
           FROM pg_catalog.pg_depend d
           JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objid AND a.attnum = d.objsubid
           WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid AND d.refclassid = d.classid
             AND d.refobjid = r.oid AND d.objsubid > 0 AND d.refobjsubid = 0
           ORDER BY 1) END AS partition_columns,
       -- The order in which they were set means nothing.
       ARRAY(SELECT option FROM pg_catalog.unnest(r.reloptions) option
             UNION ALL SELECT 'toast.' || option FROM pg_catalog.unnest(x.reloptions) option ORDER BY 1) AS options,
       pk.conname AS primary_key,
       -- A column's name is asked for by itself, so that it is found by both parts of the index.
       ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = r.oid AND a.attnum = k.attnum)
             FROM pg_catalog.unnest(pk.conkey) WITH ORDINALITY AS k (attnum, position)
             ORDER BY k.position) AS primary_key_columns,
       COALESCE(pk.conindid IN (SELECT conindid FROM outside_references), false) AS key_is_referenced_from_outside,
       pk.included AS key_included, pk.condeferrable AS key_is_deferrable, pk.condeferred AS key_is_initially_deferred,
       pk.is_without_overlaps AS key_is_without_overlaps, pk.reloptions AS key_parameters, pk.tablespace AS key_tablespace,
       pk.indisclustered AS key_is_clustered, pk.indisreplident AS key_is_replica_identity,
       pk.relkind = 'I' AS key_is_partitioned, pk.parent AS key_parent
FROM tables r
LEFT JOIN arrays c ON c.attrelid = r.oid
LEFT JOIN parents i ON i.relation = r.oid
LEFT JOIN pg_catalog.pg_class x ON x.oid = r.reltoastrelid AND x.reloptions IS NOT NULL
LEFT JOIN pg_catalog.pg_tablespace z ON z.oid = r.reltablespace
LEFT JOIN pg_catalog.pg_am m ON m.oid = r.relam AND m.amname <> 'heap'
LEFT JOIN (SELECT t.oid, n.nspname, t.typname
           FROM pg_catalog.pg_type t
           JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace) o ON o.oid = r.reloftype
LEFT JOIN primary_keys pk ON pk.conrelid = r.oid
ORDER BY r.schema, r.name
