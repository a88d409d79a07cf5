-- Operator classes with the members that are theirs alone; what else PostgreSQL takes in with them is the family's.
SELECT n.nspname AS schema, c.opcname || ' USING ' || m.amname AS name, '' AS part,
       pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, m.amname) AS address,
       pg_catalog.format('OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I FAMILY %I.%I AS ', n.nspname, c.opcname,
                         CASE WHEN c.opcdefault THEN ' DEFAULT' END, pg_catalog.format_type(c.opcintype, NULL), m.amname, fn.nspname, f.opfname)
           || pg_catalog.concat_ws(
               ', ',
               (SELECT pg_catalog.string_agg(
                           pg_catalog.format('OPERATOR %s %I.%s (%s, %s)', o.amopstrategy, pn.nspname, p.oprname,
                                             pg_catalog.format_type(o.amoplefttype, NULL), pg_catalog.format_type(o.amoprighttype, NULL))
                               || COALESCE((SELECT pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
                                            FROM pg_catalog.pg_opfamily s
                                            JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace
                                            WHERE s.oid = o.amopsortfamily), ''),
                           ', ' ORDER BY o.amopstrategy, o.amoplefttype::pg_catalog.regtype::text, o.amoprighttype::pg_catalog.regtype::text)
                FROM pg_catalog.pg_amop o
                JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND d.objid = o.oid AND d.deptype = 'i'
                 AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = c.oid
                JOIN pg_catalog.pg_operator p ON p.oid = o.amopopr
                JOIN pg_catalog.pg_namespace pn ON pn.oid = p.oprnamespace),
               (SELECT pg_catalog.string_agg(
                           pg_catalog.format('FUNCTION %s (%s, %s) %s', o.amprocnum, pg_catalog.format_type(o.amproclefttype, NULL),
                                             pg_catalog.format_type(o.amprocrighttype, NULL), o.amproc::pg_catalog.regprocedure),
                           ', ' ORDER BY o.amprocnum, o.amproclefttype::pg_catalog.regtype::text, o.amprocrighttype::pg_catalog.regtype::text)
                FROM pg_catalog.pg_amproc o
                JOIN pg_catalog.pg_depend d
                  ON d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND d.objid = o.oid AND d.deptype = 'i'
                 AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND d.refobjid = c.oid),
               -- One without members needs something behind AS.
               'STORAGE ' || pg_catalog.format_type(COALESCE(NULLIF(c.opckeytype, 0), c.opcintype), NULL)) AS text,
       ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_opclass c
JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
