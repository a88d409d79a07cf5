-- What undoes the default privileges that the role may change, one right at a time, so that what is made gets only what goes without
-- saying. `schema`: empty where they hold for the whole database; `grantee`: empty for PUBLIC.
WITH entries AS MATERIALIZED (
    SELECT
        d.oid,
        coalesce(n.nspname, '') AS schema,
        d.defaclrole,
        d.defaclacl AS held,
        CASE
            WHEN d.defaclnamespace = 0
                THEN pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
        END AS usual,
        CASE d.defaclobjtype
            WHEN 'r' THEN 'TABLES'
            WHEN 'S' THEN 'SEQUENCES'
            WHEN 'f' THEN 'ROUTINES'
            WHEN 'T' THEN 'TYPES'
            WHEN 'n' THEN 'SCHEMAS'
            ELSE 'LARGE OBJECTS'
        END AS sort
    FROM pg_catalog.pg_default_acl d
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
    WHERE pg_catalog.pg_has_role(d.defaclrole, 'USAGE')
),
rights AS MATERIALIZED (
    SELECT e.oid, s.is_held, a.grantee, a.privilege_type
    FROM entries e
    CROSS JOIN LATERAL (VALUES (true, e.held), (false, e.usual)) AS s (is_held, acl)
    CROSS JOIN LATERAL pg_catalog.aclexplode(s.acl) a
),
changes AS MATERIALIZED (
    SELECT r.oid, r.grantee, r.privilege_type, bool_or(r.is_held) AS is_held
    FROM rights r
    GROUP BY r.oid, r.grantee, r.privilege_type
    HAVING count(*) = 1
)
SELECT
    e.schema,
    pg_catalog.pg_get_userbyid(e.defaclrole) AS role,
    e.sort,
    CASE c.grantee WHEN 0 THEN '' ELSE pg_catalog.pg_get_userbyid(c.grantee) END AS grantee,
    pg_catalog.format(
        'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s %s ON %s %s %s',
        pg_catalog.pg_get_userbyid(e.defaclrole),
        CASE WHEN e.schema <> '' THEN pg_catalog.format(' IN SCHEMA %I', e.schema) END,
        CASE WHEN c.is_held THEN 'REVOKE' ELSE 'GRANT' END,
        c.privilege_type,
        e.sort,
        CASE WHEN c.is_held THEN 'FROM' ELSE 'TO' END,
        CASE c.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.grantee)) END
    ) AS statement
FROM changes c
JOIN entries e ON e.oid = c.oid
ORDER BY 1, 2, 3, 4, 5
