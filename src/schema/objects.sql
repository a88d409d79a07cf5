-- What an oid of the catalog is called: (kind, schema, name, part) as in object::ObjectRef. Part of other queries, behind WITH.
-- Users' objects alone: nobody's plan touches those of initdb. A member of an extension goes by the extension's name.
extension_members AS MATERIALIZED (
    SELECT d.classid, d.objid, e.extname
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
), owned_sequences AS MATERIALIZED (
    -- Of a column that takes its numbers from it. One that it does not take numbers from is an object of its own (object/definition/sequence).
    SELECT DISTINCT ON (d.objid) d.objid, d.refobjid, d.refobjsubid
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
      AND (d.deptype = 'i'
           -- Not EXISTS: before the catalog is analyzed, that would look through all defaults for each sequence.
           OR (d.deptype = 'a'
               AND (d.objid, d.refobjid, d.refobjsubid) IN
                   (SELECT u.refobjid, f.adrelid, f.adnum::integer
                    FROM pg_catalog.pg_attrdef f
                    JOIN pg_catalog.pg_depend u
                      ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = f.oid
                     AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjsubid = 0)))
    ORDER BY d.objid, d.deptype DESC
), objects (classid, objid, kind, schema, name, part) AS MATERIALIZED (
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid, 'schema', nspname::text, ''::text, ''::text
    FROM pg_catalog.pg_namespace
    WHERE oid >= 16384 OR nspname = 'public'
    UNION ALL
    SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass, oid, 'extension', '', extname, ''
    FROM pg_catalog.pg_extension
    UNION ALL
    -- A composite type is its type; a key's index goes by the constraint's name, too. What is rare is left out by NOT IN, which
    -- is quick without any statistics of the catalog; the joins that follow are few rows' each.
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid,
           CASE WHEN c.relkind = 'c' THEN 'type' WHEN c.relkind IN ('i', 'I') THEN 'index' ELSE 'relation' END,
           n.nspname, c.relname, ''
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c', 'i', 'I')
      AND c.oid NOT IN (SELECT objid FROM owned_sequences)
      AND c.oid NOT IN (SELECT conindid FROM pg_catalog.pg_constraint WHERE contype = 'x')
    UNION ALL
    -- A sequence of a column is its column.
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, s.objid, 'relation', n.nspname, t.relname, ''
    FROM owned_sequences s
    JOIN pg_catalog.pg_class c ON c.oid = s.objid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_class t ON t.oid = s.refobjid
    WHERE s.objid >= 16384
    UNION ALL
    -- The index of an exclusion constraint is the constraint.
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, x.conindid, 'constraint', n.nspname, r.relname, x.conname
    FROM pg_catalog.pg_constraint x
    JOIN pg_catalog.pg_class r ON r.oid = x.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
    WHERE x.contype = 'x'
    UNION ALL
    -- A row type is its relation, a list what it is a list of, a multirange its range.
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid,
           CASE WHEN c.relkind <> 'c' THEN 'relation' ELSE 'type' END, n.nspname, COALESCE(c.relname, e.typname), ''
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_type l ON l.oid = CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
    LEFT JOIN pg_catalog.pg_depend m
      ON l.typtype = 'm' AND m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND m.objid = l.oid
     AND m.refclassid = m.classid AND m.deptype = 'i'
    JOIN pg_catalog.pg_type e ON e.oid = COALESCE(m.refobjid, l.oid)
    JOIN pg_catalog.pg_namespace n ON n.oid = e.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = e.typrelid
    WHERE t.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 'routine', n.nspname,
           p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')', ''
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid, CASE w.rulename WHEN '_RETURN' THEN 'relation' ELSE 'rule' END,
           n.nspname, c.relname, CASE w.rulename WHEN '_RETURN' THEN '' ELSE w.rulename END
    FROM pg_catalog.pg_rewrite w
    JOIN pg_catalog.pg_class c ON c.oid = w.ev_class
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE w.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid, 'relation', n.nspname, c.relname, ''
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_constraint'::pg_catalog.regclass, k.oid,
           CASE WHEN k.contypid <> 0 THEN 'type' WHEN k.contype IN ('p', 'u') THEN 'index'
                WHEN k.contype = 'f' THEN 'foreign key' ELSE 'constraint' END,
           n.nspname, CASE WHEN k.contypid <> 0 THEN t.typname WHEN k.contype IN ('p', 'u') THEN k.conname ELSE c.relname END,
           CASE WHEN k.contypid <> 0 OR k.contype IN ('p', 'u') THEN '' ELSE k.conname END
    FROM pg_catalog.pg_constraint k
    LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    JOIN pg_catalog.pg_namespace n ON n.oid = COALESCE(c.relnamespace, t.typnamespace)
    WHERE k.oid >= 16384 AND k.contype <> 'n'
    UNION ALL
    SELECT 'pg_catalog.pg_trigger'::pg_catalog.regclass, g.oid, 'trigger', n.nspname, c.relname, g.tgname
    FROM pg_catalog.pg_trigger g
    JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT g.tgisinternal
    UNION ALL
    SELECT 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid, 'policy', n.nspname, c.relname, p.polname
    FROM pg_catalog.pg_policy p
    JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, 'statistics', n.nspname, s.stxname, ''
    FROM pg_catalog.pg_statistic_ext s
    JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
    UNION ALL
    SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, c.oid, 'collation', n.nspname, c.collname, ''
    FROM pg_catalog.pg_collation c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_cast'::pg_catalog.regclass, c.oid, 'cast', '', i.identity, ''
    FROM pg_catalog.pg_cast c
    CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_cast'::pg_catalog.regclass, c.oid, 0) i
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, o.oid, 'operator', n.nspname,
           o.oprname || pg_catalog.format('(%s, %s)', COALESCE(pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL), 'NONE'),
                                          pg_catalog.format_type(o.oprright, NULL)), ''
    FROM pg_catalog.pg_operator o
    JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
    WHERE o.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, f.oid, 'operator family', n.nspname, f.opfname || ' USING ' || m.amname, ''
    FROM pg_catalog.pg_opfamily f
    JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
    JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
    WHERE f.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, c.oid, 'operator class', n.nspname, c.opcname || ' USING ' || m.amname, ''
    FROM pg_catalog.pg_opclass c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
    JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
    WHERE c.oid >= 16384
    UNION ALL
    -- A member is its class, or its family if it belongs to no class.
    SELECT e.classid, e.oid, CASE WHEN c.oid IS NULL THEN 'operator family' ELSE 'operator class' END, n.nspname,
           COALESCE(c.opcname, f.opfname) || ' USING ' || m.amname, ''
    FROM (SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass, oid, amopfamily FROM pg_catalog.pg_amop
          UNION ALL
          SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass, oid, amprocfamily FROM pg_catalog.pg_amproc) e (classid, oid, family)
    JOIN pg_catalog.pg_opfamily f ON f.oid = e.family
    JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
    LEFT JOIN pg_catalog.pg_depend d
      ON d.classid = e.classid AND d.objid = e.oid AND d.deptype = 'i'
     AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
    LEFT JOIN pg_catalog.pg_opclass c ON c.oid = d.refobjid
    JOIN pg_catalog.pg_namespace n ON n.oid = COALESCE(c.opcnamespace, f.opfnamespace)
    WHERE e.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, d.oid, 'text search dictionary', n.nspname, d.dictname, ''
    FROM pg_catalog.pg_ts_dict d
    JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
    WHERE d.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, c.oid, 'text search configuration', n.nspname, c.cfgname, ''
    FROM pg_catalog.pg_ts_config c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, c.oid, 'conversion', n.nspname, c.conname, ''
    FROM pg_catalog.pg_conversion c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid, 'foreign-data wrapper', '', fdwname, ''
    FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, 'foreign server', '', srvname, ''
    FROM pg_catalog.pg_foreign_server
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid, 'event trigger', '', evtname, ''
    FROM pg_catalog.pg_event_trigger
    UNION ALL
    SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid, 'publication', '', pubname, ''
    FROM pg_catalog.pg_publication
    UNION ALL
    SELECT 'pg_catalog.pg_publication_rel'::pg_catalog.regclass, r.oid, 'publication', '', p.pubname, ''
    FROM pg_catalog.pg_publication_rel r
    JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
), named_objects AS MATERIALIZED (
    SELECT o.classid, o.objid, CASE WHEN m.extname IS NULL THEN o.kind ELSE 'extension' END AS kind,
           CASE WHEN m.extname IS NULL THEN o.schema ELSE '' END AS schema, COALESCE(m.extname::text, o.name) AS name,
           CASE WHEN m.extname IS NULL THEN o.part ELSE '' END AS part
    FROM objects o
    LEFT JOIN extension_members m ON m.classid = o.classid AND m.objid = o.objid
)
