-- What the schema language cannot say, one row each: what it is, where it lies, its name, the table it is on.
-- Members of extensions go with their extension; what belongs to a partition goes with its parent. What only some servers
-- have is a column of the catalog there, and elsewhere the one of the same name outside.
WITH extension_relations AS MATERIALIZED (
    SELECT objid
    FROM pg_catalog.pg_depend
    WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND deptype = 'e'
), relations AS MATERIALIZED (
    SELECT n.nspname AS schema, c.*
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind NOT IN ('i', 'I', 't')
      AND c.oid NOT IN (SELECT objid FROM extension_relations)
), tables AS MATERIALIZED (
    -- From the catalog itself, of which the planner knows how many tables there are.
    SELECT n.nspname AS schema, c.*
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.oid NOT IN (SELECT objid FROM extension_relations)
), comments AS MATERIALIZED (
    -- Those of PostgreSQL's own objects, nearly all there are, have lower numbers.
    SELECT classoid, objoid, objsubid FROM pg_catalog.pg_description WHERE objoid >= 16384
), columns AS (
    -- Those of which there is something to say, which are few, as are the constraints and indexes below.
    SELECT c.*
    FROM (SELECT '' AS attcompression) elsewhere
    CROSS JOIN LATERAL (
        SELECT t.schema, t.relname, a.attname, a.attgenerated <> '' AS is_generated, a.attidentity <> '' AS is_identity,
               a.attcollation <> y.typcollation AS has_collation, a.attacl IS NOT NULL AS has_privileges,
               a.attstorage <> y.typstorage OR attcompression <> ''
               -- Servers from 15.20 on set a mark themselves.
               OR COALESCE(a.attoptions::pg_catalog.text !~ '^{pg_attver=[^,]*}$', false) AS has_storage,
               a.attnotnull AND y.typcategory = 'A' AND y.typelem <> 0
               AND NOT EXISTS (SELECT
                               FROM pg_catalog.pg_constraint k
                               WHERE k.conrelid = t.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) AS is_filled_list
        FROM tables t
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
    ) c
    WHERE is_generated OR is_identity OR has_collation OR has_privileges OR has_storage OR is_filled_list
), constraints AS (
    SELECT c.*
    FROM (SELECT true AS conenforced, false AS conperiod, NULL::pg_catalog.int2[] AS confdelsetcols) elsewhere
    CROSS JOIN LATERAL (
        SELECT t.schema, t.relname, k.oid, k.conname, k.contype, k.condeferrable, k.convalidated, k.confmatchtype,
               conenforced AS is_enforced, conperiod AS is_of_periods, confdelsetcols IS NOT NULL AS sets_some,
               k.contype = 'f' AND k.confrelid NOT IN (SELECT r.oid
                                                       FROM pg_catalog.pg_class r
                                                       JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
                                                       WHERE n.nspname = ANY ($1) AND r.relkind IN ('r', 'p'))
                   AS leads_elsewhere
        FROM tables t
        JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid
    ) c
    WHERE contype IN ('c', 'x') OR condeferrable OR NOT convalidated OR NOT is_enforced OR is_of_periods
       OR contype = 'f' AND confmatchtype <> 's' OR leads_elsewhere OR sets_some
), indexes AS (
    SELECT c.*
    FROM (SELECT false AS indnullsnotdistinct) elsewhere
    CROSS JOIN LATERAL (
        SELECT t.schema, t.relname, ic.relname AS index_name, i.indexprs IS NOT NULL AS has_expressions,
               i.indpred IS NOT NULL AND NOT i.indisexclusion AS is_partial, i.indnatts > i.indnkeyatts AS has_more_columns,
               indnullsnotdistinct AS nulls_not_distinct, NOT i.indisvalid AS is_invalid, i.indisclustered AS is_clustered,
               i.indnkeyatts > 1
               AND EXISTS (SELECT
                           FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, position)
                           WHERE k.position <= i.indnkeyatts AND k.attnum > 0
                           GROUP BY k.attnum
                           HAVING pg_catalog.count(*) > 1) AS has_column_twice,
               1 = ANY (i.indoption) OR 2 = ANY (i.indoption) AS has_nulls_order,
               0 <> ANY (i.indcollation)
               AND EXISTS (SELECT
                           FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, position)
                           WHERE k.position <= i.indnkeyatts AND i.indcollation[k.position - 1] <> 0
                             AND i.indcollation[k.position - 1]
                                 <> (SELECT a.attcollation
                                     FROM pg_catalog.pg_attribute a
                                     WHERE a.attrelid = i.indrelid AND a.attnum = k.attnum)) AS has_collation,
               ic.reloptions IS NOT NULL AS has_parameters, ic.reltablespace <> 0 AS has_tablespace
        FROM tables t
        JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
        JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid
    ) c
    WHERE has_expressions OR is_partial OR has_more_columns OR nulls_not_distinct OR is_invalid OR is_clustered
       OR has_nulls_order OR has_collation OR has_parameters OR has_tablespace OR has_column_twice
), types AS (
    SELECT n.nspname AS schema, t.*
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE n.nspname = ANY ($1) AND (c.oid IS NULL OR c.relkind = 'c') AND (t.typtype <> 'b' OR t.typcategory <> 'A')
      -- Multiranges come with another type, as arrays do.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
                        AND d.deptype IN ('e', 'i') AND d.refclassid <> 'pg_catalog.pg_class'::pg_catalog.regclass)
), others (kind, class, oid, namespace, name) AS (
    SELECT CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
           'pg_catalog.pg_proc'::pg_catalog.regclass, oid, pronamespace, proname
    FROM pg_catalog.pg_proc
    UNION ALL
    SELECT 'operator', 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprnamespace, oprname
    FROM pg_catalog.pg_operator
    UNION ALL
    SELECT 'operator class', 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcnamespace, opcname
    FROM pg_catalog.pg_opclass
    UNION ALL
    SELECT 'collation', 'pg_catalog.pg_collation'::pg_catalog.regclass, oid, collnamespace, collname
    FROM pg_catalog.pg_collation
    UNION ALL
    SELECT 'conversion', 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, connamespace, conname
    FROM pg_catalog.pg_conversion
    UNION ALL
    SELECT 'text search configuration', 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgnamespace, cfgname
    FROM pg_catalog.pg_ts_config
    UNION ALL
    SELECT 'text search dictionary', 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictnamespace, dictname
    FROM pg_catalog.pg_ts_dict
), found (kind, schema, name, table_name) AS (
    -- Relations that are no tables.
    SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END,
           schema, relname, NULL
    FROM relations
    WHERE relkind IN ('v', 'm', 'f')
    UNION ALL
    SELECT 'sequence', schema, relname, NULL
    FROM relations r
    WHERE relkind = 'S'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = r.oid
                        AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)
    UNION ALL
    -- What a table is beside its columns.
    SELECT CASE WHEN relkind = 'p' THEN 'partitioned table' WHEN relispartition THEN 'partition'
                WHEN relpersistence = 'u' THEN 'unlogged table' END, schema, relname, relname
    FROM relations
    WHERE relkind IN ('r', 'p') AND (relkind = 'p' OR relispartition OR relpersistence = 'u')
    UNION ALL
    SELECT 'table without columns', schema, relname, relname
    FROM tables t
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped)
    UNION ALL
    SELECT 'typed table', schema, relname, relname FROM tables WHERE reloftype <> 0
    UNION ALL
    SELECT 'inheritance', t.schema, p.relname, t.relname
    FROM tables t
    JOIN pg_catalog.pg_inherits h ON h.inhrelid = t.oid
    JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
    UNION ALL
    SELECT 'row-level security', schema, relname, relname FROM tables WHERE relrowsecurity
    UNION ALL
    SELECT 'storage parameters', schema, relname, relname FROM tables WHERE reloptions IS NOT NULL
    UNION ALL
    SELECT 'tablespace', t.schema, s.spcname, t.relname
    FROM tables t
    JOIN pg_catalog.pg_tablespace s ON s.oid = t.reltablespace
    UNION ALL
    SELECT 'replica identity', schema, relname, relname FROM tables WHERE relreplident <> 'd'
    UNION ALL
    SELECT 'privileges', schema, relname, CASE WHEN relkind IN ('r', 'p') THEN relname END
    FROM relations
    CROSS JOIN LATERAL (
        SELECT pg_catalog.acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner) AS acl
    ) d
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      -- What was granted and revoked again leaves a list that says what is so without one.
      AND NOT (relacl @> d.acl AND relacl <@ d.acl)
    UNION ALL
    -- Columns.
    SELECT 'generated column', schema, attname, relname FROM columns WHERE is_generated
    UNION ALL
    SELECT 'identity column', schema, attname, relname FROM columns WHERE is_identity
    UNION ALL
    SELECT 'column collation', schema, attname, relname FROM columns WHERE has_collation
    UNION ALL
    SELECT 'column storage', schema, attname, relname FROM columns WHERE has_storage
    UNION ALL
    SELECT 'list that is NOT NULL', schema, attname, relname FROM columns WHERE is_filled_list
    UNION ALL
    -- A sequence of a column's own that SERIAL would not make so.
    SELECT DISTINCT 'sequence with its own settings', t.schema, s.relname, t.relname
    FROM tables t
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = t.oid AND d.refobjsubid > 0
     AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')
    JOIN pg_catalog.pg_sequence q ON q.seqrelid = d.objid
    JOIN pg_catalog.pg_class s ON s.oid = d.objid
    WHERE q.seqstart <> 1 OR q.seqincrement <> 1 OR q.seqmin <> 1 OR q.seqcache <> 1 OR q.seqcycle
       OR q.seqmax NOT IN (32767, 2147483647, 9223372036854775807)
    UNION ALL
    SELECT 'column privileges', schema, attname, relname FROM columns WHERE has_privileges
    UNION ALL
    -- Constraints; keys that a partition has from its parent are the parent's.
    SELECT CASE contype WHEN 'c' THEN 'check constraint' ELSE 'exclusion constraint' END, schema, conname, relname
    FROM constraints
    WHERE contype IN ('c', 'x')
    UNION ALL
    SELECT 'deferrable constraint', schema, conname, relname
    FROM constraints
    WHERE contype IN ('p', 'u', 'f') AND condeferrable
    UNION ALL
    SELECT 'constraint that is not validated', schema, conname, relname FROM constraints WHERE NOT convalidated
    UNION ALL
    -- PostgreSQL 18.
    SELECT 'constraint that is not enforced', schema, conname, relname FROM constraints WHERE NOT is_enforced
    UNION ALL
    SELECT 'constraint of periods', schema, conname, relname FROM constraints WHERE is_of_periods
    UNION ALL
    SELECT 'foreign key to another schema', schema, conname, relname FROM constraints WHERE leads_elsewhere
    UNION ALL
    -- PostgreSQL 15.
    SELECT 'foreign key that sets some of its columns', schema, conname, relname FROM constraints WHERE sets_some
    UNION ALL
    SELECT 'foreign key with MATCH FULL', schema, conname, relname
    FROM constraints
    WHERE contype = 'f' AND confmatchtype <> 's'
    UNION ALL
    -- Indexes.
    SELECT 'expression index', schema, index_name, relname FROM indexes WHERE has_expressions
    UNION ALL
    SELECT 'index with a column twice', schema, index_name, relname FROM indexes WHERE has_column_twice
    UNION ALL
    SELECT 'partial index', schema, index_name, relname FROM indexes WHERE is_partial
    UNION ALL
    SELECT 'index with included columns', schema, index_name, relname FROM indexes WHERE has_more_columns
    UNION ALL
    SELECT 'index with NULLS NOT DISTINCT', schema, index_name, relname FROM indexes WHERE nulls_not_distinct
    UNION ALL
    SELECT 'invalid index', schema, index_name, relname FROM indexes WHERE is_invalid
    UNION ALL
    SELECT 'index with its own order of nulls', schema, index_name, relname FROM indexes WHERE has_nulls_order
    UNION ALL
    SELECT 'index with its own collation', schema, index_name, relname FROM indexes WHERE has_collation
    UNION ALL
    SELECT 'index with storage parameters', schema, index_name, relname FROM indexes WHERE has_parameters
    UNION ALL
    SELECT 'index in a tablespace', schema, index_name, relname FROM indexes WHERE has_tablespace
    UNION ALL
    SELECT 'clustered index', schema, index_name, relname FROM indexes WHERE is_clustered
    UNION ALL
    -- What stands on relations.
    SELECT 'trigger', r.schema, g.tgname, r.relname
    FROM relations r
    JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid
    WHERE NOT g.tgisinternal AND NOT r.relispartition
    UNION ALL
    -- Those of a foreign key go by its name: switched off, it is not checked.
    SELECT DISTINCT 'disabled trigger', r.schema, COALESCE(k.conname, g.tgname), r.relname
    FROM relations r
    JOIN pg_catalog.pg_trigger g ON g.tgrelid = r.oid
    LEFT JOIN pg_catalog.pg_constraint k ON k.oid = g.tgconstraint
    WHERE g.tgenabled <> 'O' AND NOT r.relispartition
    UNION ALL
    SELECT 'policy', r.schema, p.polname, r.relname
    FROM relations r
    JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
    UNION ALL
    SELECT 'rule', r.schema, w.rulename, r.relname
    FROM relations r
    JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
    WHERE w.rulename <> '_RETURN'
    UNION ALL
    SELECT 'statistics', n.nspname, s.stxname, r.relname
    FROM pg_catalog.pg_statistic_ext s
    JOIN relations r ON r.oid = s.stxrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
    UNION ALL
    SELECT 'comment', r.schema, COALESCE(a.attname, r.relname), r.relname
    FROM comments d
    JOIN relations r ON r.oid = d.objoid
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.objsubid AND d.objsubid > 0
    WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND r.relkind IN ('r', 'p') AND NOT r.relispartition
    UNION ALL
    SELECT 'comment', t.schema, k.conname, t.relname
    FROM comments d
    JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid
    JOIN tables t ON t.oid = k.conrelid
    WHERE d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
    UNION ALL
    SELECT 'comment', t.schema, ic.relname, t.relname
    FROM comments d
    JOIN pg_catalog.pg_index i ON i.indexrelid = d.objoid
    JOIN pg_catalog.pg_class ic ON ic.oid = d.objoid
    JOIN tables t ON t.oid = i.indrelid
    WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION ALL
    SELECT 'comment', t.schema, t.typname, NULL
    FROM comments d
    JOIN types t ON t.oid = d.objoid
    WHERE d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.typtype = 'e'
    UNION ALL
    SELECT 'enum without values', schema, typname, NULL
    FROM types t
    WHERE typtype = 'e' AND NOT EXISTS (SELECT FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid)
    UNION ALL
    -- Types that are no enums.
    SELECT CASE typtype WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite type' WHEN 'r' THEN 'range type'
                        ELSE 'base type' END, schema, typname, NULL
    FROM types
    WHERE typtype IN ('d', 'c', 'r', 'b')
    UNION ALL
    SELECT 'privileges', schema, typname, NULL
    FROM types
    CROSS JOIN LATERAL (SELECT pg_catalog.acldefault('T', typowner) AS acl) d
    WHERE NOT (typacl @> d.acl AND typacl <@ d.acl)
    UNION ALL
    SELECT o.kind, n.nspname, o.name, NULL
    FROM others o
    JOIN pg_catalog.pg_namespace n ON n.oid = o.namespace
    WHERE n.nspname = ANY ($1)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype IN ('e', 'i'))
    UNION ALL
    -- What lies in no schema.
    SELECT 'event trigger', '', t.evtname, NULL
    FROM pg_catalog.pg_event_trigger t
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objid = t.oid
                        AND d.deptype = 'e')
    UNION ALL
    SELECT 'publication', '', pubname, NULL FROM pg_catalog.pg_publication
    UNION ALL
    SELECT 'cast', '',
           pg_catalog.format_type(castsource, NULL) || ' to ' || pg_catalog.format_type(casttarget, NULL), NULL
    FROM pg_catalog.pg_cast c
    WHERE c.oid >= 16384
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND d.objid = c.oid
                        AND d.deptype IN ('e', 'i'))
    UNION ALL
    SELECT 'foreign server', '', srvname, NULL FROM pg_catalog.pg_foreign_server
    UNION ALL
    SELECT 'default privileges', COALESCE(n.nspname, ''), pg_catalog.pg_get_userbyid(d.defaclrole), NULL
    FROM pg_catalog.pg_default_acl d
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
    WHERE n.oid IS NULL OR n.nspname = ANY ($1)
)
SELECT kind, schema, name, table_name,
       -- What lies in no schema counts where it is about these.
       schema <> '' OR CASE kind
           WHEN 'publication' THEN EXISTS (
               SELECT FROM pg_catalog.pg_publication p
               WHERE p.pubname = found.name AND (p.puballtables OR EXISTS (
                   SELECT FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid IN (SELECT oid FROM tables))))
           WHEN 'cast' THEN EXISTS (
               SELECT FROM pg_catalog.pg_cast c
               JOIN pg_catalog.pg_type t ON t.oid IN (c.castsource, c.casttarget)
               JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
               WHERE pg_catalog.format_type(castsource, NULL) || ' to ' || pg_catalog.format_type(casttarget, NULL) = found.name
                 AND n.nspname = ANY ($1))
           WHEN 'event trigger' THEN EXISTS (
               SELECT FROM pg_catalog.pg_event_trigger t
               JOIN pg_catalog.pg_proc f ON f.oid = t.evtfoid
               JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
               WHERE t.evtname = found.name AND n.nspname = ANY ($1))
           ELSE false
       END AS is_about_schemas
FROM found
ORDER BY schema, table_name NULLS FIRST, kind, name
