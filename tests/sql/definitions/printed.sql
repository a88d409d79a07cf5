-- The definition, made as an object of that kind in the schema of objects.sql, as PostgreSQL prints it. The object goes
-- again. What this function has returned is a definition, too.
CREATE FUNCTION app.printed(kind text, part text, definition text) RETURNS text LANGUAGE plpgsql AS $body$
DECLARE
    result text;
    script text;
    query text;
BEGIN
    CASE kind
    WHEN 'check' THEN
        script := 'ALTER TABLE app.t ADD CONSTRAINT c CHECK (' || definition || ')';
        query := $$SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conname = 'c' AND connamespace = 'app'::regnamespace$$;
    WHEN 'constraint' THEN
        script := 'ALTER TABLE app.t ADD CONSTRAINT c ' || definition;
        query := $$SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'c' AND connamespace = 'app'::regnamespace$$;
    WHEN 'domain' THEN
        script := format('CREATE DOMAIN app.d AS %s CHECK (%s)', part, definition);
        query := $$SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE contypid = 'app.d'::regtype AND contype = 'c'$$;
    WHEN 'default' THEN
        script := format('ALTER TABLE app.t ALTER %s SET DEFAULT %s', part, definition);
        query := $$SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'app.t'::regclass$$;
    WHEN 'generated' THEN
        script := format('ALTER TABLE app.t ADD COLUMN g %s GENERATED ALWAYS AS (%s) STORED', part, definition);
        query := $$SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = 'app.t'::regclass$$;
    WHEN 'index' THEN
        script := 'CREATE INDEX i ON app.t ' || definition;
        query := $$SELECT pg_get_indexdef('app.i'::regclass)$$;
    WHEN 'view' THEN
        script := 'CREATE VIEW app.v AS ' || definition;
        query := $$SELECT pg_get_viewdef('app.v'::regclass)$$;
    WHEN 'policy' THEN
        script := 'CREATE POLICY p ON app.t USING (' || definition || ')';
        query := $$SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'app.t'::regclass$$;
    WHEN 'trigger' THEN
        script := format('CREATE %s TRIGGER g %s', part, definition);
        query := $$SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'g' AND tgrelid = 'app.t'::regclass$$;
    WHEN 'rule' THEN
        script := 'CREATE RULE r AS ' || definition;
        query := $$SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE rulename = 'r' AND ev_class = 'app.u'::regclass$$;
    WHEN 'statistics' THEN  -- what prints the whole leaves out parentheses
        script := format('CREATE STATISTICS app.x ON (%s), vcn FROM app.t', definition);
        query := $$SELECT (pg_get_statisticsobjdef_expressions(oid))[1] FROM pg_statistic_ext WHERE stxnamespace = 'app'::regnamespace$$;
    WHEN 'routine' THEN
        script := format('CREATE %s app.f %s', part, definition);
        query := $$SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = 'f' AND pronamespace = 'app'::regnamespace$$;
    WHEN 'key' THEN
        script := 'CREATE TABLE app.p (LIKE app.t) PARTITION BY ' || definition;
        query := $$SELECT pg_get_partkeydef('app.p'::regclass)$$;
    WHEN 'bound' THEN
        script := format('CREATE TABLE app.p (LIKE app.t) PARTITION BY %s; CREATE TABLE app.q PARTITION OF app.p ', part)
            || CASE WHEN definition ~ '^(FOR|DEFAULT)' THEN '' ELSE 'FOR VALUES ' END || definition;
        query := $$SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = 'app.q'::regclass$$;
    END CASE;
    BEGIN
        EXECUTE CASE WHEN definition ~ '^CREATE' THEN definition ELSE script END;
        EXECUTE query INTO STRICT result;
        RAISE SQLSTATE 'CM000';
    EXCEPTION WHEN SQLSTATE 'CM000' THEN
        RETURN result;
    END;
END $body$;
