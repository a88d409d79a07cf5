-- Who owns what may be dropped and made again, where it is another role than the one that reads, and what an owner lacks of its
-- own rights. `shape`: the role or nothing, the object as GRANT names it, those rights.
WITH held (classid, objid, owner, address, acl, usual) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, c.oid, c.relowner,
           CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || pg_catalog.format('%I.%I', n.nspname, c.relname),
           c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid >= 16384 AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.oid NOT IN (SELECT objid FROM owned_sequences)
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.proowner,
           'ROUTINE ' || pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes)),
           p.proacl, pg_catalog.acldefault('f', p.proowner)
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE p.oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typowner, 'TYPE ' || pg_catalog.format('%I.%I', n.nspname, t.typname),
           t.typacl, pg_catalog.acldefault('T', t.typowner)
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND t.typtype IN ('c', 'd', 'e', 'r')
    UNION ALL
    SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, oid, stxowner, '', NULL, NULL FROM pg_catalog.pg_statistic_ext
    UNION ALL
    SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, oid, collowner, '', NULL, NULL
    FROM pg_catalog.pg_collation
    WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oprowner, '', NULL, NULL FROM pg_catalog.pg_operator WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfowner, '', NULL, NULL FROM pg_catalog.pg_opfamily WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcowner, '', NULL, NULL FROM pg_catalog.pg_opclass WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictowner, '', NULL, NULL FROM pg_catalog.pg_ts_dict WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgowner, '', NULL, NULL FROM pg_catalog.pg_ts_config WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, conowner, '', NULL, NULL FROM pg_catalog.pg_conversion WHERE oid >= 16384
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid, fdwowner, 'FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(fdwname),
           fdwacl, pg_catalog.acldefault('F', fdwowner)
    FROM pg_catalog.pg_foreign_data_wrapper
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, srvowner, 'FOREIGN SERVER ' || pg_catalog.quote_ident(srvname),
           srvacl, pg_catalog.acldefault('S', srvowner)
    FROM pg_catalog.pg_foreign_server
    UNION ALL
    SELECT 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid, evtowner, '', NULL, NULL FROM pg_catalog.pg_event_trigger
    UNION ALL
    SELECT 'pg_catalog.pg_publication'::pg_catalog.regclass, oid, pubowner, '', NULL, NULL FROM pg_catalog.pg_publication
), owners AS MATERIALIZED (
    SELECT o.*, h.address,
           CASE WHEN pg_catalog.pg_get_userbyid(h.owner) <> current_user
                THEN pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(h.owner)) ELSE '' END AS role,
           CASE WHEN h.acl IS NOT NULL
                THEN ARRAY(SELECT u.privilege_type FROM pg_catalog.aclexplode(h.usual) u WHERE u.grantee = h.owner
                           EXCEPT
                           SELECT x.privilege_type FROM pg_catalog.aclexplode(h.acl) x WHERE x.grantee = h.owner
                           ORDER BY 1)
                ELSE ARRAY[]::text[] END AS lacking
    FROM held h
    JOIN named_objects o ON o.classid = h.classid AND o.objid = h.objid
    WHERE o.kind NOT IN ('extension', 'schema') AND (o.schema = '' OR o.schema = ANY ($1))
      AND (o.kind = 'type' OR h.classid <> 'pg_catalog.pg_type'::pg_catalog.regclass)
      AND (h.acl IS NOT NULL OR pg_catalog.pg_get_userbyid(h.owner) <> current_user)
)
SELECT o.schema, 'OWNER OF ' || i.type || ' ' || i.identity AS name, '' AS part,
       CASE i.type WHEN 'statistics object' THEN 'STATISTICS' WHEN 'composite type' THEN 'TYPE' WHEN 'aggregate' THEN 'ROUTINE'
           ELSE pg_catalog.replace(pg_catalog.upper(i.type), '-', ' ') END || ' ' || i.identity AS address,
       '' AS text, ARRAY[o.role, o.address] || o.lacking AS shape, ARRAY[]::text[] AS facts,
       o.kind AS owner_kind, o.name AS owner_name, o.part AS owner_part, false AS is_of_column
FROM owners o
CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid, 0) i
WHERE o.role <> '' OR o.lacking <> ARRAY[]::text[]
