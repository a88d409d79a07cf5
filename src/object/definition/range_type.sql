-- Range types. Servers before PostgreSQL 14 have no multiranges: there the column is the one outside.
SELECT f.*
FROM (SELECT 0::pg_catalog.oid AS rngmultitypid) elsewhere
CROSS JOIN LATERAL (
    SELECT n.nspname AS schema, t.typname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, t.typname) AS address,
           '(SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL)
               || pg_catalog.format(', SUBTYPE_OPCLASS = %I.%I', pn.nspname, o.opcname)
               || COALESCE((SELECT pg_catalog.format(', COLLATION = %I.%I', ln.nspname, l.collname)
                            FROM pg_catalog.pg_collation l
                            JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
                            WHERE l.oid = r.rngcollation AND l.oid <> s.typcollation), '')
               || CASE WHEN r.rngcanonical = 0 THEN '' ELSE ', CANONICAL = ' || r.rngcanonical END
               || CASE WHEN r.rngsubdiff = 0 THEN '' ELSE ', SUBTYPE_DIFF = ' || r.rngsubdiff END
               || COALESCE((SELECT pg_catalog.format(', MULTIRANGE_TYPE_NAME = %I.%I', mn.nspname, m.typname)
                            FROM pg_catalog.pg_type m
                            JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace
                            WHERE m.oid = rngmultitypid), '')
               || ')' AS text,
           ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
    FROM pg_catalog.pg_range r
    JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
    JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
    JOIN pg_catalog.pg_namespace pn ON pn.oid = o.opcnamespace
    WHERE n.nspname = ANY ($1)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                      WHERE e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND e.objid = t.oid AND e.deptype = 'e')
) f
ORDER BY f.schema, f.name
