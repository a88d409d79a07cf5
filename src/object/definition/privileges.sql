-- What the privileges of an object differ by from those that it has without GRANT and REVOKE; those of its owner do not
-- count. A fact is (privilege, line end, grantee) -> granted, grantable or revoked. `shape`: where others than the owner have granted
-- something, all that is granted: privilege, grantee, grantor (empty: the owner), and `granting` for the right to grant by which others
-- have granted something, which one has by a role, too: that role comes first. `part`: a column's sequence. Only what has an access
-- list is looked at: in most databases nearly nothing has one, and then no object needs a name.
WITH lists (classid, objid, own_name, address, owner, acl, fallback) AS MATERIALIZED (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, c.relname,
           CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || pg_catalog.format('%I.%I', n.nspname, c.relname),
           c.relowner, c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND (c.relacl IS NOT NULL OR c.oid IN (SELECT attrelid FROM pg_catalog.pg_attribute WHERE attacl IS NOT NULL))
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, NULL,
           CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
               -- GRANT knows no ORDER BY among the arguments of an aggregate.
               || pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
                                    CASE p.prokind WHEN 'a' THEN pg_catalog.oidvectortypes(p.proargtypes)
                                        ELSE pg_catalog.pg_get_function_identity_arguments(p.oid) END),
           p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384 AND p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, NULL, 'TYPE ' || pg_catalog.format('%I.%I', n.nspname, t.typname),
           t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND t.typacl IS NOT NULL AND (t.typcategory <> 'A' OR t.typtype = 'd') AND t.typtype <> 'm'
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, NULL, 'SCHEMA ' || pg_catalog.quote_ident(n.nspname),
           n.nspowner, n.nspacl, usual.acl
    FROM pg_catalog.pg_namespace n
    -- What initdb grants on `public`.
    CROSS JOIN LATERAL (
        SELECT pg_catalog.acldefault('n', n.nspowner)
               || CASE WHEN n.nspname = 'public'
                       THEN ARRAY[(CASE WHEN pg_catalog.current_setting('server_version_num')::integer < 150000 THEN '=UC/' ELSE '=U/' END
                                   || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(n.nspowner)))::pg_catalog.aclitem]
                       ELSE '{}' END) AS usual (acl)
    WHERE (n.oid >= 16384 OR n.nspname = 'public') AND n.nspacl <> usual.acl
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, NULL,
           'FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname), w.fdwowner, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
    FROM pg_catalog.pg_foreign_data_wrapper w
    WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, NULL, 'FOREIGN SERVER ' || pg_catalog.quote_ident(s.srvname),
           s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
    FROM pg_catalog.pg_foreign_server s
    WHERE s.srvacl IS NOT NULL
), holders (classid, objid, kind, schema, name, part, sequence, address, owner, acl, fallback) AS (
    SELECT o.classid, o.objid, o.kind, o.schema, o.name, o.part, CASE WHEN o.name <> l.own_name THEN l.own_name ELSE '' END,
           l.address, l.owner, l.acl, l.fallback
    FROM lists l
    JOIN named_objects o ON o.classid = l.classid AND o.objid = l.objid
    WHERE (o.kind = 'type' OR l.classid <> 'pg_catalog.pg_type'::pg_catalog.regclass) AND EXISTS (SELECT FROM lists)
), entries (objid, classid, privilege, grantee, grantor, is_grantable, is_default) AS (
    SELECT h.objid, h.classid, x.privilege_type, x.grantee, NULLIF(x.grantor, h.owner), x.is_grantable, false
    FROM holders h, pg_catalog.aclexplode(COALESCE(h.acl, h.fallback)) x
    WHERE x.grantee <> h.owner
    UNION ALL
    SELECT h.objid, h.classid, x.privilege_type, x.grantee, NULL, x.is_grantable, true
    FROM holders h, pg_catalog.aclexplode(h.fallback) x
    WHERE x.grantee NOT IN (h.owner, x.grantor)
    UNION ALL
    SELECT h.objid, h.classid, x.privilege_type || ' (' || pg_catalog.quote_ident(a.attname) || ')', x.grantee,
           NULLIF(x.grantor, h.owner), x.is_grantable, false
    FROM holders h
    JOIN pg_catalog.pg_attribute a ON a.attrelid = h.objid AND NOT a.attisdropped, pg_catalog.aclexplode(a.attacl) x
    WHERE h.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.grantee <> h.owner
), facts AS (
    SELECT e.objid, e.classid,
           e.privilege || E'\n' || CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END AS name,
           CASE WHEN pg_catalog.bool_and(e.is_default) THEN 'revoked'
                WHEN pg_catalog.bool_or(e.is_grantable AND NOT e.is_default) THEN 'grantable' ELSE 'granted' END AS value,
           pg_catalog.bool_or(e.is_default) AND pg_catalog.bool_or(NOT e.is_default) AS is_as_ever
    FROM entries e
    GROUP BY e.objid, e.classid, e.privilege, e.grantee
)
SELECT h.schema, h.address AS name, h.sequence AS part, h.address, '' AS text,
       ARRAY(SELECT x
             FROM entries e
             CROSS JOIN LATERAL (
                 VALUES (1, e.privilege),
                        (2, CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END),
                        (3, COALESCE(pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantor)), '')),
                        (4, CASE WHEN NOT e.is_grantable THEN 'granted'
                                WHEN EXISTS (SELECT FROM entries g
                                             WHERE g.objid = e.objid AND g.classid = e.classid AND g.privilege = e.privilege
                                               AND g.grantor IS NOT NULL AND pg_catalog.pg_has_role(g.grantor, e.grantee, 'USAGE'))
                                THEN 'granting' ELSE 'grantable' END)) AS v (i, x)
             WHERE e.objid = h.objid AND e.classid = h.classid AND NOT e.is_default
               AND EXISTS (SELECT FROM entries g
                           WHERE g.objid = h.objid AND g.classid = h.classid AND g.grantor IS NOT NULL)
             ORDER BY e.privilege,
                      (SELECT pg_catalog.count(*) FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(e.grantee, r.oid, 'USAGE')),
                      e.grantee, e.grantor, v.i) AS shape,
       (SELECT pg_catalog.array_agg(v.x ORDER BY f.name, v.i)
        FROM facts f
        CROSS JOIN LATERAL (VALUES (1, f.name), (2, f.value)) AS v (i, x)
        WHERE f.objid = h.objid AND f.classid = h.classid AND NOT f.is_as_ever) AS facts,
       h.kind AS owner_kind, h.name AS owner_name, h.part AS owner_part, false AS is_of_column
FROM holders h
WHERE h.kind <> 'extension' AND (h.schema = '' OR h.schema = ANY ($1))
  AND EXISTS (SELECT FROM facts f WHERE f.objid = h.objid AND f.classid = h.classid AND NOT f.is_as_ever)
