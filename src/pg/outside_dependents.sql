-- What would go with all that lies in the schemas $1, with the extensions $2, the servers $3, the foreign data wrappers $4,
-- the relations $5, the languages $6, the access methods $7, the types $8 and the routines $9, but lies elsewhere: in another schema, or in none (casts, event
-- triggers). A column counts only where its table stays, a rule only where its view does.
-- And what lies in the schemas, but belongs to a table elsewhere that stays and is not the same without it (part_of): its
-- partitions, its children, statistics about it.
WITH RECURSIVE space AS (
    SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ANY ($1::text[])
),
gone (classid, objid, objsubid) AS (
    (
        SELECT d.classid, d.objid, 0
        FROM pg_catalog.pg_depend d
        JOIN space ON space.oid = d.refobjid
        WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
            AND d.deptype = 'n'
            AND d.objsubid = 0
            AND d.classid <> 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend whole
                WHERE whole.classid = d.classid AND whole.objid = d.objid AND whole.objsubid = 0
                    AND whole.deptype IN ('e', 'i')
            )
        UNION ALL
        SELECT 'pg_catalog.pg_extension'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_extension
        WHERE extname = ANY ($2::text[])
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_foreign_server
        WHERE srvname = ANY ($3::text[])
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_foreign_data_wrapper
        WHERE fdwname = ANY ($4::text[])
        UNION ALL
        SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_language
        WHERE lanname = ANY ($6::text[])
        UNION ALL
        SELECT 'pg_catalog.pg_am'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_am
        WHERE amname = ANY ($7::text[])
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_type
        WHERE oid IN (SELECT pg_catalog.to_regtype(name) FROM pg_catalog.unnest($8::text[]) AS names (name))
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_proc
        WHERE oid IN (SELECT pg_catalog.to_regprocedure(name) FROM pg_catalog.unnest($9::text[]) AS names (name))
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, oid, 0
        FROM pg_catalog.pg_class
        WHERE oid IN (SELECT pg_catalog.to_regclass(name) FROM pg_catalog.unnest($5::text[]) AS names (name))
    )
    UNION
    SELECT next.classid, next.objid, next.objsubid
    FROM gone g
    CROSS JOIN LATERAL (
        SELECT d.classid, d.objid, d.objsubid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = g.classid AND d.refobjid = g.objid AND (g.objsubid = 0 OR d.refobjsubid = g.objsubid)
        UNION ALL
        -- A part cannot go alone: with its rule goes the view.
        SELECT d.refclassid, d.refobjid, d.refobjsubid
        FROM pg_catalog.pg_depend d
        WHERE d.classid = g.classid AND d.objid = g.objid AND d.objsubid = g.objsubid AND d.deptype = 'i'
    ) next
),
gone_relations AS MATERIALIZED (
    -- Never joined, but looked up: the planner does not know how many there are.
    SELECT objid FROM gone WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid = 0
),
placed AS (
    SELECT
        g.*,
        coalesce(
            CASE WHEN g.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND g.objsubid <> 0 THEN g.objid END,
            x.indrelid, k.conrelid, t.tgrelid, p.polrelid, r.ev_class, a.adrelid
        ) AS relation,
        coalesce(u.typnamespace, o.opfnamespace) AS namespace,
        k.contypid
    FROM gone g
    LEFT JOIN pg_catalog.pg_index x
        ON g.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND g.objsubid = 0 AND x.indexrelid = g.objid
    LEFT JOIN pg_catalog.pg_constraint k
        ON g.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = g.objid
    LEFT JOIN pg_catalog.pg_type u ON u.oid = k.contypid
    LEFT JOIN pg_catalog.pg_trigger t ON g.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND t.oid = g.objid
    LEFT JOIN pg_catalog.pg_policy p ON g.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = g.objid
    LEFT JOIN pg_catalog.pg_rewrite r ON g.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = g.objid
    LEFT JOIN pg_catalog.pg_attrdef a ON g.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND a.oid = g.objid
    LEFT JOIN pg_catalog.pg_amop m ON g.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND m.oid = g.objid
    LEFT JOIN pg_catalog.pg_amproc f ON g.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND f.oid = g.objid
    LEFT JOIN pg_catalog.pg_opfamily o ON o.oid IN (m.amopfamily, f.amprocfamily)
)
SELECT DISTINCT i.type, i.identity, n.nspname AS schema, NULL AS part_of
FROM placed p
CROSS JOIN LATERAL pg_catalog.pg_identify_object(p.classid, p.objid, p.objsubid) i
LEFT JOIN pg_catalog.pg_class c ON c.oid = p.relation
LEFT JOIN pg_catalog.pg_namespace n
    ON CASE
        WHEN c.oid IS NOT NULL THEN n.oid = c.relnamespace
        WHEN p.namespace IS NOT NULL THEN n.oid = p.namespace
        ELSE pg_catalog.quote_ident(n.nspname) = i.schema
    END
WHERE (n.oid IS NULL OR n.oid NOT IN (SELECT oid FROM space))
    AND n.nspname IS DISTINCT FROM 'pg_toast'
    -- Membership in a publication ends with the table.
    AND p.classid <> 'pg_catalog.pg_publication_rel'::pg_catalog.regclass
    AND NOT (p.classid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND p.objid IN (
        SELECT oid FROM pg_catalog.pg_extension WHERE extname = ANY ($2::text[])
    ))
    AND coalesce(p.relation, 0) NOT IN (SELECT objid FROM gone_relations)
    -- A check goes with its domain.
    AND coalesce(p.contypid, 0) NOT IN (
        SELECT objid FROM gone WHERE classid = 'pg_catalog.pg_type'::pg_catalog.regclass
    )
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend part
        JOIN gone whole ON whole.classid = part.refclassid AND whole.objid = part.refobjid
            AND whole.objsubid IN (0, part.refobjsubid)
        WHERE part.classid = p.classid AND part.objid = p.objid AND part.objsubid = p.objsubid
            AND part.deptype IN ('i', 'e')
    )
    AND NOT (p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.objid IN (
        SELECT pg_catalog.to_regclass(name) FROM pg_catalog.unnest($5::text[]) AS names (name)
    ))
UNION ALL
SELECT i.type, i.identity, n.nspname, w.identity
FROM (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS classid, inhrelid AS objid, inhparent AS whole
    FROM pg_catalog.pg_inherits
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxrelid
    FROM pg_catalog.pg_statistic_ext
) part
JOIN gone g ON g.classid = part.classid AND g.objid = part.objid AND g.objsubid = 0
JOIN pg_catalog.pg_class c ON c.oid = part.whole AND c.relkind NOT IN ('i', 'I')
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.pg_identify_object(part.classid, part.objid, 0) i
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass, part.whole, 0) w
WHERE n.oid NOT IN (SELECT oid FROM space)
    AND part.whole NOT IN (SELECT objid FROM gone_relations)
ORDER BY 3, 4 NULLS FIRST, 1, 2
