-- Foreign servers, which lie in no schema; what users are there, with their passwords, is nobody's to read.
SELECT '' AS schema, s.srvname AS name, '' AS part, pg_catalog.quote_ident(s.srvname) AS address,
       pg_catalog.quote_ident(w.fdwname) AS text, ARRAY[]::text[] AS shape,
       CASE WHEN s.srvtype IS NOT NULL THEN ARRAY['TYPE', pg_catalog.quote_literal(s.srvtype)] ELSE '{}' END
           || CASE WHEN s.srvversion IS NOT NULL THEN ARRAY['VERSION', pg_catalog.quote_literal(s.srvversion)] ELSE '{}' END
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_options_to_table(s.srvoptions) o
                    CROSS JOIN LATERAL (VALUES (1, 'OPTION ' || pg_catalog.quote_ident(o.option_name)),
                                               (2, pg_catalog.quote_literal(o.option_value))) AS v (i, x)
                    ORDER BY o.option_name, v.i) AS facts
FROM pg_catalog.pg_foreign_server s
JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass AND e.objid = s.oid AND e.deptype = 'e')
ORDER BY 2
