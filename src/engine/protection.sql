-- Tables that look like a mark of `protect`: the project's own ($1, $2), and others by name and columns.
SELECT nspname, relname, is_own
FROM (SELECT n.nspname, c.relname, c.oid,
             n.nspname = $1::pg_catalog.name AND c.relname = $2::pg_catalog.name AS is_own
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_') AS tables
WHERE is_own
   OR pg_catalog.right(relname::text, 11) = '_protection'
      AND (SELECT pg_catalog.array_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, NULL)
                                       ORDER BY a.attname)
           FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = tables.oid AND a.attnum > 0 AND NOT a.attisdropped)
          = ARRAY['name text', 'since timestamp with time zone']
ORDER BY is_own DESC, nspname, relname
