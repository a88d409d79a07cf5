-- Statements that make tables and enums with the bare names $1 as far as others can refer to them, in the order in which they can run:
-- schemas, extensions and enums that their columns need ($2: less those), columns without defaults, keys. `made`: what it makes.
WITH tables AS (
    SELECT c.oid, n.nspname, c.relname
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND c.relname = ANY ($1::text[])
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
), columns AS (
    SELECT t.oid AS table_oid, a.attnum, a.attname, a.attnotnull, pg_catalog.format_type(y.shown, a.atttypmod) AS type, y.base
    FROM tables t
    JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type w ON w.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_type e ON e.oid = w.typelem AND w.typcategory = 'A'
    CROSS JOIN LATERAL (SELECT CASE WHEN w.typtype = 'd' THEN w.typbasetype ELSE w.oid END AS shown,
                               CASE WHEN w.typtype = 'd' THEN w.typbasetype ELSE COALESCE(e.oid, w.oid) END AS base) y
    -- A type that the text makes itself comes only later.
    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_type b WHERE b.oid = y.base AND b.typname = ANY ($2::text[]))
), types AS (
    SELECT DISTINCT y.oid, y.typname, y.typtype, n.nspname, x.extname, xn.nspname AS extension_schema
    FROM columns c
    JOIN pg_catalog.pg_type y ON y.oid = c.base
    JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
    LEFT JOIN pg_catalog.pg_depend d
           ON d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = y.oid AND d.deptype = 'e'
              AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
    LEFT JOIN pg_catalog.pg_extension x ON x.oid = d.refobjid
    LEFT JOIN pg_catalog.pg_namespace xn ON xn.oid = x.extnamespace
    WHERE y.oid >= 16384
    UNION
    -- An enum of others that the text names itself.
    SELECT y.oid, y.typname, y.typtype, n.nspname, NULL, NULL
    FROM pg_catalog.pg_type y
    JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
    WHERE y.typtype = 'e' AND y.typname = ANY ($1::text[]) AND n.nspname !~ '^pg_'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = y.oid AND d.deptype = 'e')
), made (rank, schema, name, kind, made, statement) AS (
    SELECT DISTINCT 1, nspname::text, ''::text, 'schema', nspname::text, pg_catalog.format('CREATE SCHEMA IF NOT EXISTS %I', nspname)
    FROM (SELECT nspname FROM tables UNION SELECT nspname FROM types UNION SELECT extension_schema FROM types) s
    WHERE nspname IS NOT NULL AND nspname <> 'pg_catalog'
    UNION ALL
    SELECT DISTINCT 2, extension_schema::text, extname::text, 'extension', extname::text,
           pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', extname, extension_schema)
    FROM types WHERE extname IS NOT NULL
    UNION ALL
    SELECT 3, t.nspname::text, t.typname::text, 'type', t.typname::text,
           pg_catalog.format('CREATE TYPE %I.%I AS ENUM (%s)', t.nspname, t.typname,
                             (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                              FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid))
    FROM types t WHERE t.typtype = 'e' AND t.extname IS NULL
    UNION ALL
    SELECT 4, t.nspname::text, t.relname::text, 'relation', t.relname::text,
           pg_catalog.format('CREATE TABLE %I.%I (%s)', t.nspname, t.relname,
                             (SELECT pg_catalog.string_agg(pg_catalog.format('%I %s%s', c.attname, c.type,
                                                                             CASE WHEN c.attnotnull THEN ' NOT NULL' ELSE '' END),
                                                           ', ' ORDER BY c.attnum)
                              FROM columns c WHERE c.table_oid = t.oid))
    FROM tables t
    UNION ALL
    SELECT 5, t.nspname::text, t.relname::text, 'constraint', k.conname::text,
           pg_catalog.format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', t.nspname, t.relname, k.conname,
                             pg_catalog.pg_get_constraintdef(k.oid))
    FROM tables t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u')
    UNION ALL
    SELECT 6, t.nspname::text, t.relname::text, 'index', x.indexrelid::pg_catalog.regclass::text, pg_catalog.pg_get_indexdef(x.indexrelid)
    FROM tables t
    JOIN pg_catalog.pg_index x ON x.indrelid = t.oid
    WHERE x.indisunique AND x.indisvalid AND x.indpred IS NULL AND x.indexprs IS NULL
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid AND k.conrelid = t.oid)
)
SELECT kind, schema, name, statement FROM made ORDER BY rank, schema, name, made
