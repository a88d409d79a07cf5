-- Operator families; each member that belongs to no class is a fact, as DROP -> as ADD names it.
SELECT n.nspname AS schema, f.opfname || ' USING ' || m.amname AS name, '' AS part,
       pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname, m.amname) AS address, '' AS text, ARRAY[]::text[] AS shape,
       ARRAY(SELECT x
             FROM (SELECT 'OPERATOR' AS sort, o.amopstrategy AS number, a.arguments AS arguments,
                          pg_catalog.format('OPERATOR %s %I.%s %s', o.amopstrategy, pn.nspname, p.oprname, a.arguments)
                              || COALESCE((SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                                           FROM pg_catalog.pg_opfamily s
                                           JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
                                           WHERE s.oid = o.amopsortfamily), '') AS value
                   FROM pg_catalog.pg_amop o
                   JOIN pg_catalog.pg_depend d
                     ON d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND d.objid = o.oid AND d.deptype = 'a'
                    AND d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid
                   JOIN pg_catalog.pg_operator p ON p.oid = o.amopopr
                   JOIN pg_catalog.pg_namespace pn ON pn.oid = p.oprnamespace
                   CROSS JOIN LATERAL (
                       SELECT pg_catalog.format('(%s, %s)', pg_catalog.format_type(o.amoplefttype, NULL),
                                                pg_catalog.format_type(o.amoprighttype, NULL)) AS arguments
                   ) a
                   UNION ALL
                   SELECT 'FUNCTION', o.amprocnum, a.arguments,
                          pg_catalog.format('FUNCTION %s %s %s', o.amprocnum, a.arguments, o.amproc::pg_catalog.regprocedure)
                   FROM pg_catalog.pg_amproc o
                   JOIN pg_catalog.pg_depend d
                     ON d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND d.objid = o.oid AND d.deptype = 'a'
                    AND d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid
                   CROSS JOIN LATERAL (
                       SELECT pg_catalog.format('(%s, %s)', pg_catalog.format_type(o.amproclefttype, NULL),
                                                pg_catalog.format_type(o.amprocrighttype, NULL)) AS arguments
                   ) a) e
             CROSS JOIN LATERAL (VALUES (1, pg_catalog.format('%s %s %s', e.sort, e.number, e.arguments)), (2, e.value)) AS v (i, x)
             ORDER BY e.sort, e.number, e.arguments, v.i) AS facts
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_catalog.pg_am m ON m.oid = f.opfmethod
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND e.objid = f.oid AND e.deptype = 'e')
ORDER BY 1, 2
