-- The neighbours as they are now, a line each: what the catalogues hold of them, whole, the rows of their tables, and what
-- hangs on the database and on their roles. The test's role is shown as `owner`. The rows of catalogues are taken as they
-- are, on all servers from 12 to 18, but for what VACUUM and ANALYZE note.
WITH spaces AS (
    SELECT oid FROM pg_namespace WHERE nspname ~ '^neighbour'
), relations AS (
    SELECT oid FROM pg_class WHERE relnamespace IN (SELECT oid FROM spaces)
), types AS (
    SELECT oid FROM pg_type WHERE typnamespace IN (SELECT oid FROM spaces)
), routines AS (
    SELECT oid FROM pg_proc WHERE pronamespace IN (SELECT oid FROM spaces)
), roles AS (
    SELECT oid FROM pg_roles WHERE rolname ~ '^neighbour'
), this AS (
    SELECT * FROM pg_database WHERE datname = current_database()
), lines (line) AS (
    SELECT format('schema %s', to_jsonb(n)) FROM pg_namespace n WHERE oid IN (SELECT oid FROM spaces)
    UNION ALL
    SELECT format('relation %s %s', relname, to_jsonb(c)
                  - '{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid}'::text[])
    FROM pg_class c WHERE oid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('column %s', to_jsonb(a)) FROM pg_attribute a WHERE attrelid IN (SELECT oid FROM relations) AND attnum > 0
    UNION ALL
    SELECT format('default %s', to_jsonb(d)) FROM pg_attrdef d WHERE adrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('index %s', to_jsonb(i)) FROM pg_index i WHERE indexrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('inherits %s', to_jsonb(i)) FROM pg_inherits i WHERE inhrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('partitioned %s', to_jsonb(p)) FROM pg_partitioned_table p WHERE partrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('sequence %s', to_jsonb(s)) FROM pg_sequence s WHERE seqrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('sequence %I at %s', sequencename, last_value) FROM pg_sequences WHERE schemaname ~ '^neighbour'
    UNION ALL
    SELECT format('constraint %s', to_jsonb(c)) FROM pg_constraint c WHERE connamespace IN (SELECT oid FROM spaces)
    UNION ALL
    SELECT format('trigger %s', to_jsonb(t)) FROM pg_trigger t WHERE tgrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('policy %s', to_jsonb(p)) FROM pg_policy p WHERE polrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('rule %s', to_jsonb(r)) FROM pg_rewrite r WHERE ev_class IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('statistics %s', to_jsonb(s)) FROM pg_statistic_ext s WHERE stxrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('foreign table %s', to_jsonb(f)) FROM pg_foreign_table f WHERE ftrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('type %s', to_jsonb(t)) FROM pg_type t WHERE oid IN (SELECT oid FROM types)
    UNION ALL
    SELECT format('value %s', to_jsonb(e)) FROM pg_enum e WHERE enumtypid IN (SELECT oid FROM types)
    UNION ALL
    SELECT format('routine %s', to_jsonb(p)) FROM pg_proc p WHERE oid IN (SELECT oid FROM routines)
    UNION ALL
    SELECT format('aggregate %s', to_jsonb(a)) FROM pg_aggregate a WHERE aggfnoid IN (SELECT oid FROM routines)
    UNION ALL
    SELECT format('operator %s', to_jsonb(o)) FROM pg_operator o WHERE oprnamespace IN (SELECT oid FROM spaces)
    UNION ALL
    SELECT format('operator class %s', to_jsonb(o)) FROM pg_opclass o WHERE opcnamespace IN (SELECT oid FROM spaces)
    UNION ALL
    SELECT format('extension %s', to_jsonb(e)) FROM pg_extension e WHERE extnamespace IN (SELECT oid FROM spaces)
    UNION ALL
    SELECT format('event trigger %s', to_jsonb(e)) FROM pg_event_trigger e WHERE evtname ~ '^neighbour'
    UNION ALL
    SELECT format('publication %s', to_jsonb(p)) FROM pg_publication p WHERE pubname ~ '^neighbour'
    UNION ALL
    SELECT format('published %s', to_jsonb(p)) FROM pg_publication_rel p WHERE prrelid IN (SELECT oid FROM relations)
    UNION ALL
    SELECT format('wrapper %s', to_jsonb(w)) FROM pg_foreign_data_wrapper w WHERE fdwname ~ '^neighbour'
    UNION ALL
    SELECT format('server %s', to_jsonb(s)) FROM pg_foreign_server s WHERE srvname ~ '^neighbour'
    UNION ALL
    SELECT format('large object %s', to_jsonb(l)) FROM pg_largeobject l WHERE loid = 4242
    UNION ALL
    SELECT format('default privileges %s', to_jsonb(d)) FROM pg_default_acl d WHERE defaclrole IN (SELECT oid FROM roles)
    UNION ALL
    SELECT format('comment %s', to_jsonb(d)) FROM pg_description d
    WHERE objoid IN (SELECT oid FROM spaces UNION ALL SELECT oid FROM relations UNION ALL SELECT oid FROM types
                     UNION ALL SELECT oid FROM routines
                     UNION ALL SELECT oid FROM pg_event_trigger WHERE evtname ~ '^neighbour')
    UNION ALL
    SELECT format('rows of %s %s', relname, query_to_xml(format('SELECT * FROM %I.%I', nspname, relname), true, false, ''))
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE c.oid IN (SELECT oid FROM relations) AND relkind IN ('r', 'm')
    UNION ALL
    SELECT format('role %s', to_jsonb(r)) FROM pg_authid r WHERE oid IN (SELECT oid FROM roles)
    UNION ALL
    SELECT format('member %s', to_jsonb(m)) FROM pg_auth_members m
    WHERE roleid IN (SELECT oid FROM roles) OR member IN (SELECT oid FROM roles)
    UNION ALL
    SELECT format('settings of %s %s', nullif(setrole, 0)::regrole, setconfig) FROM pg_db_role_setting, this
    WHERE setdatabase IN (0, this.oid) AND (setrole = 0 OR setrole IN (SELECT oid FROM roles))
    UNION ALL
    SELECT format('comment on role %s %s', objoid::regrole, description) FROM pg_shdescription
    WHERE classoid = 'pg_authid'::regclass AND objoid IN (SELECT oid FROM roles)
    UNION ALL
    SELECT format('database of %s, %s connections, template %s, comment %s', replace(datdba::regrole::text, datname, 'owner'),
                  datconnlimit, datistemplate, shobj_description(oid, 'pg_database'))
    FROM this
    UNION ALL
    -- What its owner may do there is the test's business.
    SELECT format('database: %s may %s (%s)', nullif(grantee, 0)::regrole, privilege_type, is_grantable)
    FROM this, aclexplode(datacl) WHERE grantee <> datdba
)
SELECT line FROM lines ORDER BY line COLLATE "C"
