-- Operators; one that another only names, and nobody has made, is none. `text` lacks what `facts` say, which ALTER OPERATOR changes
-- on all servers.
SELECT n.nspname AS schema, o.oprname || s.arguments AS name, '' AS part,
       pg_catalog.format('%I.%s %s', n.nspname, o.oprname, s.arguments) AS address,
       pg_catalog.format('%I.%s (', n.nspname, o.oprname) || pg_catalog.concat_ws(
           ', ',
           'FUNCTION = ' || o.oprcode,
           'LEFTARG = ' || pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL),
           'RIGHTARG = ' || pg_catalog.format_type(o.oprright, NULL),
           'COMMUTATOR = ' || (SELECT pg_catalog.format('OPERATOR(%I.%s)', xn.nspname, x.oprname)
                               FROM pg_catalog.pg_operator x
                               JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
                               WHERE x.oid = o.oprcom),
           'NEGATOR = ' || (SELECT pg_catalog.format('OPERATOR(%I.%s)', xn.nspname, x.oprname)
                            FROM pg_catalog.pg_operator x
                            JOIN pg_catalog.pg_namespace xn ON xn.oid = x.oprnamespace
                            WHERE x.oid = o.oprnegate),
           CASE WHEN o.oprcanhash THEN 'HASHES' END,
           CASE WHEN o.oprcanmerge THEN 'MERGES' END) AS text,
       ARRAY[]::text[] AS shape,
       ARRAY['JOIN', CASE WHEN o.oprjoin = 0 THEN 'NONE' ELSE o.oprjoin::text END,
             'RESTRICT', CASE WHEN o.oprrest = 0 THEN 'NONE' ELSE o.oprrest::text END] AS facts
FROM pg_catalog.pg_operator o
JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
CROSS JOIN LATERAL (
    SELECT pg_catalog.format('(%s, %s)', COALESCE(pg_catalog.format_type(NULLIF(o.oprleft, 0), NULL), 'NONE'),
                             pg_catalog.format_type(o.oprright, NULL)) AS arguments
) s
WHERE o.oprcode <> 0 AND n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND e.objid = o.oid AND e.deptype = 'e')
ORDER BY 1, 2
