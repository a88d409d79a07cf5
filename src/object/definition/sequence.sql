-- Sequences that no column takes its numbers from as its own: that one is a detail of the column.
SELECT n.nspname AS schema, c.relname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       '' AS text, ARRAY[]::text[] AS shape,
       ARRAY['AS', pg_catalog.format_type(s.seqtypid, NULL), 'INCREMENT BY', s.seqincrement::text, 'MINVALUE', s.seqmin::text,
             'MAXVALUE', s.seqmax::text, 'START WITH', s.seqstart::text, 'CACHE', s.seqcache::text,
             'CYCLE', CASE WHEN s.seqcycle THEN 'yes' ELSE 'no' END,
             'LOGGED', CASE c.relpersistence WHEN 'u' THEN 'no' ELSE 'yes' END] AS facts
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1)
  AND c.oid NOT IN (SELECT d.objid
                    FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                      AND (d.deptype IN ('e', 'i')
                           OR (d.deptype = 'a' AND d.refobjsubid > 0
                               -- The column's default takes its numbers.
                               AND (d.objid, d.refobjid, d.refobjsubid)
                                   IN (SELECT u.refobjid, f.adrelid, f.adnum::integer
                                       FROM pg_catalog.pg_attrdef f
                                       JOIN pg_catalog.pg_depend u
                                         ON u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.objid = f.oid
                                       WHERE u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass))))
ORDER BY 1, 2
