-- Publications, which lie in no schema. Servers before PostgreSQL 15 publish neither whole schemas nor some columns or rows.
-- A table is published without its children, which are listed by themselves.
SELECT '' AS schema, p.pubname AS name, '' AS part, pg_catalog.quote_ident(p.pubname) AS address,
       CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END AS text, ARRAY[]::text[] AS shape,
       ARRAY['publish', pg_catalog.quote_literal(pg_catalog.concat_ws(
                 ', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                 CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END))]
           || CASE WHEN j.publication ? 'pubviaroot'
                   THEN ARRAY['publish_via_partition_root', j.publication ->> 'pubviaroot'] ELSE '{}' END
           || CASE WHEN j.publication ? 'pubgencols'
                   THEN ARRAY['publish_generated_columns', CASE j.publication ->> 'pubgencols' WHEN 's' THEN 'stored' ELSE 'none' END]
                   ELSE '{}' END
           || ARRAY(SELECT x
                    FROM (SELECT NULL::pg_catalog.pg_node_tree AS prqual) elsewhere
                    CROSS JOIN LATERAL (
                        SELECT pg_catalog.format('TABLE ONLY %I.%I', n.nspname, c.relname) AS name,
                               pg_catalog.pg_get_expr(prqual, r.prrelid) AS condition,
                               (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attname)
                                FROM pg_catalog.pg_attribute a
                                WHERE a.attrelid = r.prrelid AND a.attnum > 0
                                  AND pg_catalog.to_jsonb(r) -> 'prattrs' @> pg_catalog.to_jsonb(a.attnum)) AS columns
                        FROM pg_catalog.pg_publication_rel r
                        JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
                        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE r.prpubid = p.oid) t
                    CROSS JOIN LATERAL (
                        VALUES (1, t.name),
                               (2, COALESCE('(' || t.columns || ')', '*') || COALESCE(' WHERE (' || t.condition || ')', ''))
                    ) AS v (i, x)
                    ORDER BY t.name, v.i)
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_depend d
                    JOIN pg_catalog.pg_depend o ON o.classid = d.classid AND o.objid = d.objid
                    JOIN pg_catalog.pg_namespace n ON n.oid = o.refobjid
                    CROSS JOIN LATERAL (VALUES (1, 'TABLES IN SCHEMA ' || pg_catalog.quote_ident(n.nspname)), (2, '*')) AS v (i, x)
                    WHERE d.classid = pg_catalog.to_regclass('pg_catalog.pg_publication_namespace')
                      AND d.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass AND d.refobjid = p.oid
                      AND o.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
                    ORDER BY n.nspname, v.i) AS facts
FROM pg_catalog.pg_publication p
CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(p) AS publication) j
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_publication'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')
ORDER BY 2
