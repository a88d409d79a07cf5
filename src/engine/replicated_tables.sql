-- Publications that name tables of the schemas $1 by themselves, each with the statement that adds them again, and
-- subscriptions that fill such tables. A publication of whole schemas, or of all tables, takes in a table that is made anew.
-- Servers before PostgreSQL 15 know no columns and conditions: there those of the same name outside count.
SELECT 'publication' AS kind, p.pubname AS name,
       pg_catalog.format('ALTER PUBLICATION %I ADD TABLE %s', p.pubname, pg_catalog.string_agg(m.text, ', ' ORDER BY m.text))
           AS statement
FROM (SELECT NULL::pg_catalog.int2vector AS prattrs, NULL::pg_catalog.pg_node_tree AS prqual) elsewhere
CROSS JOIN LATERAL (
    SELECT r.prpubid,
           pg_catalog.format('%I.%I', n.nspname, c.relname)
           || COALESCE((SELECT ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
                        FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum = ANY (prattrs::pg_catalog.int2[])), '')
           || COALESCE(' WHERE ' || pg_catalog.pg_get_expr(prqual, r.prrelid), '') AS text
    FROM pg_catalog.pg_publication_rel r
    JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1::text[])
) m
JOIN pg_catalog.pg_publication p ON p.oid = m.prpubid
GROUP BY p.pubname
UNION ALL
-- The view, because not everybody may read the catalog of subscriptions.
SELECT DISTINCT 'subscription', s.subname, pg_catalog.format('ALTER SUBSCRIPTION %I REFRESH PUBLICATION', s.subname)
FROM pg_catalog.pg_subscription_rel r
JOIN pg_catalog.pg_stat_subscription s ON s.subid = r.srsubid
JOIN pg_catalog.pg_class c ON c.oid = r.srrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1::text[])
ORDER BY 1, 2
