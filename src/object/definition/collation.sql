-- Collations. The locale of one of ICU lies in another column since PostgreSQL 15, and again since 17.
SELECT n.nspname AS schema, c.collname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.collname) AS address,
       '(' || pg_catalog.concat_ws(
           ', ',
           'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
           CASE WHEN c.collprovider <> 'c' THEN 'LOCALE = ' || pg_catalog.quote_literal(
                    COALESCE(j.row ->> 'colllocale', j.row ->> 'colliculocale', c.collcollate))
                WHEN c.collcollate = c.collctype THEN 'LOCALE = ' || pg_catalog.quote_literal(c.collcollate)
                ELSE 'LC_COLLATE = ' || pg_catalog.quote_literal(c.collcollate)
                     || ', LC_CTYPE = ' || pg_catalog.quote_literal(c.collctype) END,
           CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END,
           'RULES = ' || pg_catalog.quote_literal(j.row ->> 'collicurules')) || ')' AS text,
       ARRAY[]::text[] AS shape, ARRAY[]::text[] AS facts
FROM pg_catalog.pg_collation c
JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(c) AS row) j
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_collation'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
