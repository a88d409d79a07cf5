-- Routines in languages whose text PostgreSQL reads when they run, and that name a renamed table, or a renamed column of a
-- table that they name or are a trigger of. A table of another schema is named with that. $renamed: rows of schema, table, and column ('' for the table).
WITH renamed (schema, table_name, column_name) AS (
    VALUES $renamed
), words AS (
    SELECT r.*, '\m' || pg_catalog.regexp_replace(r.table_name, '(\W)', '\\\1', 'g') || '\M' AS table_word,
           '\m' || pg_catalog.regexp_replace(r.schema, '(\W)', '\\\1', 'g') || '"?\."?' AS schema_word,
           '\m' || pg_catalog.regexp_replace(r.column_name, '(\W)', '\\\1', 'g') || '\M' AS column_word
    FROM renamed r
)
SELECT pn.nspname AS schema, p.proname AS name, p.oid::pg_catalog.regprocedure::text AS routine, w.table_name, w.column_name
FROM words w
JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema
JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.table_name
JOIN pg_catalog.pg_proc p ON true
JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('c', 'internal')
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace AND pn.nspname NOT IN ('pg_catalog', 'information_schema')
CROSS JOIN LATERAL (SELECT CASE WHEN pn.nspname = w.schema THEN p.prosrc ~* w.table_word
                                ELSE p.prosrc ~* (w.schema_word || pg_catalog.substr(w.table_word, 3)) END AS it) names
WHERE p.prosrc <> ''
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')
  AND CASE WHEN w.column_name = '' THEN names.it
           ELSE p.prosrc ~* w.column_word
                AND (names.it
                     OR EXISTS (SELECT FROM pg_catalog.pg_trigger t
                                WHERE t.tgrelid = c.oid AND t.tgfoid = p.oid AND NOT t.tgisinternal))
      END
ORDER BY 1, 3, 4, 5
