-- Policies of row-level security.
SELECT n.nspname AS schema, c.relname AS name, p.polname AS part, pg_catalog.format('%I.%I', n.nspname, c.relname) AS address,
       '' AS text, ARRAY[]::text[] AS shape,
       ARRAY['AS', CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
             'FOR', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                  WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
             'TO', ARRAY_TO_STRING(ARRAY(
                 SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r)) END
                 FROM pg_catalog.unnest(p.polroles) AS r
                 ORDER BY 1), ', '),
             'USING', COALESCE(pg_catalog.pg_get_expr(p.polqual, p.polrelid), ''),
             'WITH CHECK', COALESCE(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '')] AS facts
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1)
ORDER BY 1, 2, 3
