-- Default privileges, as what they add to those that go without saying, and what they take from them: one fact each.
-- `shape`: by whom they are read.
WITH entries AS MATERIALIZED (
    SELECT d.oid, COALESCE(n.nspname, '') AS schema, r.rolname, d.defaclacl AS held,
           -- In a schema they are added to those of the whole database.
           CASE WHEN d.defaclnamespace = 0
                THEN pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
                END AS usual,
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' WHEN 'T' THEN 'TYPES'
               WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS sort
    FROM pg_catalog.pg_default_acl d
    JOIN pg_catalog.pg_roles r ON r.oid = d.defaclrole
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
    WHERE d.defaclnamespace = 0 OR n.nspname = ANY ($1)
), rights AS MATERIALIZED (
    SELECT e.oid, s.is_held, COALESCE(pg_catalog.quote_ident(r.rolname), 'PUBLIC') AS grantee, a.privilege_type, a.is_grantable
    FROM entries e
    CROSS JOIN LATERAL (VALUES (true, e.held), (false, e.usual)) AS s (is_held, acl)
    CROSS JOIN LATERAL pg_catalog.aclexplode(s.acl) a
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
), changes AS MATERIALIZED (
    SELECT h.oid, 'GRANT ' || h.privilege_type AS verb, 'TO ' || h.grantee AS whom,
           CASE WHEN h.is_grantable THEN 'WITH GRANT OPTION' ELSE '*' END AS how
    FROM (SELECT oid, grantee, privilege_type, is_grantable FROM rights WHERE is_held
          EXCEPT
          SELECT oid, grantee, privilege_type, is_grantable FROM rights WHERE NOT is_held) h
    UNION ALL
    SELECT u.oid, 'REVOKE ' || u.privilege_type, 'FROM ' || u.grantee, '*'
    FROM (SELECT oid, grantee, privilege_type FROM rights WHERE NOT is_held
          EXCEPT
          SELECT oid, grantee, privilege_type FROM rights WHERE is_held) u
)
SELECT e.schema, e.rolname AS name, e.sort AS part,
       pg_catalog.format('FOR ROLE %I', e.rolname)
           || CASE e.schema WHEN '' THEN '' ELSE pg_catalog.format(' IN SCHEMA %I', e.schema) END AS address,
       '' AS text, ARRAY[pg_catalog.quote_ident(current_user)] AS shape,
       ARRAY(SELECT x
             FROM changes c
             CROSS JOIN LATERAL (VALUES (1, pg_catalog.concat_ws(' ', c.verb, 'ON', e.sort, c.whom)), (2, c.how)) AS v (i, x)
             WHERE c.oid = e.oid
             ORDER BY c.verb, c.whom, v.i) AS facts
FROM entries e
ORDER BY 1, 2, 3
