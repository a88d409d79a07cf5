-- Casts, which lie in no schema, as far as they are about these; that of a range to its multirange comes with them. Those of initdb have
-- lower numbers.
SELECT '' AS schema, i.identity AS name, '' AS part, i.identity AS address,
       CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::pg_catalog.regprocedure WHEN 'i' THEN 'WITH INOUT'
            ELSE 'WITHOUT FUNCTION' END
           || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END AS text,
       ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_cast c
CROSS JOIN LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_cast'::pg_catalog.regclass, c.oid, 0) i
CROSS JOIN LATERAL (
    SELECT pg_catalog.bool_or(n.nspname = ANY ($1)) AS is_here, pg_catalog.bool_and(n.nspname = 'pg_catalog') AS is_anywhere
    FROM (SELECT typnamespace FROM pg_catalog.pg_type WHERE oid IN (c.castsource, c.casttarget)
          UNION ALL
          SELECT pronamespace FROM pg_catalog.pg_proc WHERE oid = c.castfunc) p (namespace)
    JOIN pg_catalog.pg_namespace n ON n.oid = p.namespace
) about
WHERE c.oid >= 16384 AND (about.is_here OR about.is_anywhere)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype IN ('e', 'i'))
ORDER BY 2
