-- Statements that make what expressions may name: schemas, extensions, types, sequences, and functions without what they
-- do. What belongs to an extension comes with it.
WITH members AS MATERIALIZED (
    SELECT classid, objid
    FROM pg_catalog.pg_depend
    WHERE deptype = 'e'
), spaces AS MATERIALIZED (
    SELECT oid, nspname AS name
    FROM pg_catalog.pg_namespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
), types AS MATERIALIZED (
    SELECT t.*, pg_catalog.format('%I.%I', s.name, t.typname) AS place
    FROM pg_catalog.pg_type t
    JOIN spaces s ON s.oid = t.typnamespace
    WHERE NOT EXISTS (SELECT FROM members m
                      WHERE m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND m.objid = t.oid)
), statements (rank, text) AS (
    SELECT 1, pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', name)
    FROM spaces
    UNION ALL
    SELECT 2, pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I', e.extname, s.name)
    FROM pg_catalog.pg_extension e
    JOIN spaces s ON s.oid = e.extnamespace
    UNION ALL
    SELECT 3, pg_catalog.format('CREATE TYPE %s AS ENUM (%s)', t.place,
                                (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', '
                                                              ORDER BY l.enumsortorder)
                                 FROM pg_catalog.pg_enum l
                                 WHERE l.enumtypid = t.oid))
    FROM types t
    WHERE t.typtype = 'e'
    UNION ALL
    SELECT 4, pg_catalog.format('CREATE DOMAIN %s AS %s', t.place, pg_catalog.format_type(t.typbasetype, t.typtypmod))
    FROM types t
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT 4, pg_catalog.format('CREATE TYPE %s AS (%s)', t.place,
                                (SELECT pg_catalog.string_agg(
                                            pg_catalog.format('%I %s', a.attname,
                                                              pg_catalog.format_type(a.atttypid, a.atttypmod)), ', '
                                            ORDER BY a.attnum)
                                 FROM pg_catalog.pg_attribute a
                                 WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM types t
    JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
    WHERE t.typtype = 'c'
    UNION ALL
    SELECT 4, pg_catalog.format('CREATE TYPE %s AS RANGE (SUBTYPE = %s)', t.place,
                                pg_catalog.format_type(r.rngsubtype, NULL))
    FROM types t
    JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
    WHERE t.typtype = 'r'
    UNION ALL
    SELECT 5, pg_catalog.format('CREATE SEQUENCE IF NOT EXISTS %I.%I', s.name, c.relname)
    FROM pg_catalog.pg_class c
    JOIN spaces s ON s.oid = c.relnamespace
    WHERE c.relkind = 'S'
      AND NOT EXISTS (SELECT FROM members m
                      WHERE m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND m.objid = c.oid)
    UNION ALL
    SELECT 6, pg_catalog.format('CREATE FUNCTION %I.%I(%s) RETURNS %s LANGUAGE sql IMMUTABLE AS ''SELECT NULL''', s.name,
                                p.proname, pg_catalog.pg_get_function_arguments(p.oid),
                                pg_catalog.pg_get_function_result(p.oid))
    FROM pg_catalog.pg_proc p
    JOIN spaces s ON s.oid = p.pronamespace
    WHERE p.prokind = 'f' AND NOT p.proretset
      AND NOT EXISTS (SELECT FROM members m
                      WHERE m.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND m.objid = p.oid)
)
SELECT text
FROM statements
ORDER BY rank, text
