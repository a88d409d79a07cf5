-- How far the sequences have counted that give integer columns their values, by identity or by default, and how far they can.
SELECT DISTINCT n.nspname AS schema, c.relname AS name, a.attname AS column, pg_catalog.format_type(a.atttypid, NULL) AS type,
       CASE WHEN pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE')
            THEN pg_catalog.pg_sequence_last_value(s.seqrelid) END AS last,
       CASE a.atttypid WHEN 'pg_catalog.int2'::pg_catalog.regtype THEN 32767
                       WHEN 'pg_catalog.int4'::pg_catalog.regtype THEN 2147483647
                       ELSE 9223372036854775807 END AS most
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.seqrelid
                           AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
                           AND d.deptype IN ('a', 'i')
JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype, 'pg_catalog.int4'::pg_catalog.regtype,
                     'pg_catalog.int8'::pg_catalog.regtype)
ORDER BY 1, 2, 3
