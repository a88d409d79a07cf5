-- The defaults of the columns of both tables, as PostgreSQL prints them.
SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS text
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid IN (pg_catalog.to_regclass('pg_temp.cm_migrate_question_1'),
                     pg_catalog.to_regclass('pg_temp.cm_migrate_question_2'))
  AND a.attnum > 0
ORDER BY c.relname, a.attnum
