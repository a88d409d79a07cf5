-- Foreign-data wrappers, which lie in no schema.
SELECT '' AS schema, w.fdwname AS name, '' AS part, pg_catalog.quote_ident(w.fdwname) AS address, '' AS text, ARRAY[]::text[] AS shape,
       CASE WHEN w.fdwhandler <> 0 THEN ARRAY['HANDLER', w.fdwhandler::pg_catalog.regproc::text] ELSE '{}' END
           || CASE WHEN w.fdwvalidator <> 0 THEN ARRAY['VALIDATOR', w.fdwvalidator::pg_catalog.regproc::text] ELSE '{}' END
           || ARRAY(SELECT x
                    FROM pg_catalog.pg_options_to_table(w.fdwoptions) o
                    CROSS JOIN LATERAL (VALUES (1, 'OPTION ' || pg_catalog.quote_ident(o.option_name)),
                                               (2, pg_catalog.quote_literal(o.option_value))) AS v (i, x)
                    ORDER BY o.option_name, v.i) AS facts
FROM pg_catalog.pg_foreign_data_wrapper w
WHERE w.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND e.objid = w.oid AND e.deptype = 'e')
ORDER BY 2
