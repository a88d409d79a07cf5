-- Everything in the database that is neither PostgreSQL's own nor of the tests' neighbours (tests/house), a line each, as
-- the server words it: the same question to servers 12 to 18, where pg_dump knows only those up to its own age.
-- :enum_order is enumsortorder, or enumlabel where the order of values does not count.
-- Access lists come in one order; one that says no more than none at all is none. A multirange
-- type has that of its range.
WITH spaces AS (
    SELECT oid, nspname AS space,
           (SELECT NULLIF(array_agg(x ORDER BY x::text), (SELECT array_agg(u ORDER BY u::text) FROM unnest(acldefault('n', nspowner)) u))
            FROM unnest(nspacl) x) AS nspacl
    FROM pg_namespace
    WHERE nspname <> 'information_schema' AND nspname !~ '^(pg_|neighbour)'
), members AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relations AS (
    SELECT c.*, s.space, format('%I.%I', s.space, c.relname) AS name,
           (SELECT NULLIF(array_agg(x ORDER BY x::text),
                          (SELECT array_agg(u ORDER BY u::text)
                           FROM unnest(acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)) u))
            FROM unnest(relacl) x) AS acl
    FROM pg_class c JOIN spaces s ON s.oid = c.relnamespace
    WHERE ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM members)
), columns AS (
    SELECT r.name, a.*, to_jsonb(a) ->> 'attcompression' AS compression
    FROM relations r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
), lines (line) AS (
    SELECT format('schema %I %s', space, nspacl) FROM spaces
    UNION ALL
    SELECT format('extension %I %s in %I', extname, extversion, nspname)
    FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
    UNION ALL
    SELECT format('relation %s %s persistence %s options %s acl %s security %s %s identity %s space %s partition %s of %s',
                  name, relkind, relpersistence, (SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o), acl, relrowsecurity, relforcerowsecurity, relreplident,
                  reltablespace, pg_get_expr(relpartbound, oid) || pg_get_partkeydef(oid),
                  (SELECT string_agg(inhparent::regclass::text, ',' ORDER BY inhseqno) FROM pg_inherits
                   WHERE inhrelid = relations.oid))
    FROM relations WHERE relkind NOT IN ('i', 'I')
    UNION ALL
    SELECT format('column %s.%I %s %s default %s collation %s identity %s generated %s storage %s %s options %s acl %s',
                  name, attname, format_type(atttypid, atttypmod), attnotnull,
                  (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum),
                  collname, attidentity, attgenerated, attstorage, compression,
                  -- A mark that servers from 15.20 on set themselves is no option.
                  (SELECT array_agg(option) FROM unnest(attoptions) option WHERE option !~ '^pg_attver='),
                  (SELECT array_agg(x ORDER BY x::text) FROM unnest(attacl) x))
    FROM columns LEFT JOIN pg_collation l ON l.oid = attcollation
    UNION ALL
    -- Those by which a foreign key refers to partitions one by one have names by the order in which these came. What a child only
    -- inherits PostgreSQL checks when it makes the child, though the parent's rows are unchecked; pg_dump tells of neither.
    SELECT format('constraint %I on %s%s %s validated %s deferrable %s %s',
                  -- NOT NULL that a parent has, too, goes by the name that came first, and cannot be renamed.
                  CASE WHEN contype = 'n' AND coninhcount > 0 THEN ''
                       ELSE COALESCE((SELECT p.conname FROM pg_constraint p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid), conname) END,
                  nullif(conrelid, 0)::regclass,
                  nullif(contypid, 0)::regtype,
                  CASE WHEN conislocal OR contype <> 'c' THEN pg_get_constraintdef(c.oid)
                      ELSE regexp_replace(pg_get_constraintdef(c.oid), ' NOT VALID$', '') END,
                  convalidated OR (contype = 'c' AND NOT conislocal), condeferrable, condeferred)
    FROM pg_constraint c JOIN spaces s ON s.oid = connamespace
    WHERE ('pg_type'::regclass, contypid) NOT IN (SELECT classid, objid FROM members)
    UNION ALL
    SELECT format('index %s valid %s clustered %s options %s space %s', pg_get_indexdef(indexrelid), indisvalid,
                  indisclustered, (SELECT array_agg(o ORDER BY o) FROM unnest(r.reloptions) o), r.reltablespace)
    FROM pg_index JOIN relations r ON r.oid = indexrelid
    UNION ALL
    SELECT format('enum %s (%s)', enumtypid::regtype, string_agg(quote_literal(enumlabel), ', ' ORDER BY :enum_order))
    FROM pg_enum JOIN pg_type t ON t.oid = enumtypid JOIN spaces s ON s.oid = typnamespace
    GROUP BY enumtypid
    UNION ALL
    SELECT format('type %s %s base %s default %s not null %s acl %s', t.oid::regtype, typtype,
                  format_type(typbasetype, typtypmod), typdefault, typnotnull,
                  (SELECT NULLIF(array_agg(x ORDER BY x::text), (SELECT array_agg(u ORDER BY u::text) FROM unnest(acldefault('T', typowner)) u))
                   FROM unnest(typacl) x WHERE typtype <> 'm'))
    FROM pg_type t JOIN spaces s ON s.oid = typnamespace LEFT JOIN pg_class c ON c.oid = typrelid
    WHERE coalesce(c.relkind, 'c') = 'c' AND (typcategory <> 'A' OR typtype = 'd')
      AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM members)
    UNION ALL
    SELECT format('sequence %s %s start %s min %s max %s by %s cycle %s cache %s owner %s.%s %s', name, seqtypid::regtype,
                  seqstart, seqmin, seqmax, seqincrement, seqcycle, seqcache, d.refobjid::regclass, a.attname, d.deptype)
    FROM pg_sequence q JOIN relations r ON r.oid = seqrelid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = seqrelid AND d.deptype IN ('a', 'i')
          AND d.refobjsubid > 0
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    UNION ALL
    SELECT format('view %s %s', name, pg_get_viewdef(oid)) FROM relations WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT format('routine %s %s %s acl %s', p.oid::regprocedure, prokind,
                  CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
                  (SELECT NULLIF(array_agg(x ORDER BY x::text), (SELECT array_agg(u ORDER BY u::text) FROM unnest(acldefault('f', proowner)) u))
                   FROM unnest(proacl) x))
    FROM pg_proc p JOIN spaces s ON s.oid = pronamespace
    WHERE ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM members)
    UNION ALL
    SELECT format('trigger %s enabled %s', pg_get_triggerdef(t.oid), tgenabled)
    FROM pg_trigger t JOIN relations r ON r.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT format('rule %s enabled %s', pg_get_ruledef(w.oid), ev_enabled)
    FROM pg_rewrite w JOIN relations r ON r.oid = ev_class WHERE rulename <> '_RETURN'
    UNION ALL
    SELECT format('policy %I on %s %s %s %s using %s check %s', polname, r.name, polcmd, polpermissive, polroles,
                  pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM pg_policy JOIN relations r ON r.oid = polrelid
    UNION ALL
    SELECT format('statistics %s', pg_get_statisticsobjdef(x.oid))
    FROM pg_statistic_ext x JOIN spaces s ON s.oid = stxnamespace
    UNION ALL
    SELECT format('comment on %s: %s', (i.type, i.identity), description)
    FROM pg_description d, pg_identify_object(classoid, objoid, objsubid) i JOIN spaces s ON s.space = i.schema
    WHERE (classoid, objoid) NOT IN (SELECT classid, objid FROM members)
    UNION ALL
    SELECT format('%s %s', i.type, i.identity)
    FROM (SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
          UNION ALL SELECT 'pg_opclass'::regclass, oid, opcnamespace FROM pg_opclass
          UNION ALL SELECT 'pg_opfamily'::regclass, oid, opfnamespace FROM pg_opfamily
          UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace FROM pg_collation
          UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace FROM pg_conversion
          UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace FROM pg_ts_config
          UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace FROM pg_ts_dict) o (class, oid, namespace)
    JOIN spaces s ON s.oid = o.namespace, pg_identify_object(class, o.oid, 0) i
    WHERE (class, o.oid) NOT IN (SELECT classid, objid FROM members)
    UNION ALL
    SELECT format('publication %I all %s %s', pubname, puballtables,
                  (SELECT string_agg(prrelid::regclass::text, ',' ORDER BY prrelid::regclass::text)
                   FROM pg_publication_rel WHERE prpubid = p.oid))
    FROM pg_publication p
    UNION ALL
    SELECT format('event trigger %I %s %s enabled %s', evtname, evtevent, evtfoid::regproc, evtenabled)
    FROM pg_event_trigger
    UNION ALL
    SELECT format('server %I %s', srvname, (SELECT array_agg(x ORDER BY x) FROM unnest(srvoptions) x)) FROM pg_foreign_server
    UNION ALL
    SELECT format('foreign table %s on %I', name, srvname)
    FROM pg_foreign_table JOIN relations r ON r.oid = ftrelid JOIN pg_foreign_server f ON f.oid = ftserver
    UNION ALL
    SELECT format('default privileges %s %s %s %s', defaclrole::regrole, nullif(defaclnamespace, 0)::regnamespace,
                  defaclobjtype, defaclacl)
    FROM pg_default_acl
)
SELECT line
FROM (SELECT replace(line, session_user, 'the role itself') FROM lines) l (line)
ORDER BY line COLLATE "C"
