-- What the tables of the given schemas rely on and the schema language cannot say: extensions, types, sequences and
-- functions behind their columns, defaults and indexes, each with the statement that makes it, in the order of their making.
-- What is an enum of these schemas has an object of its own; what is a domain's column has the type below it.
WITH RECURSIVE tables AS MATERIALIZED (
    SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
), roots (class, oid) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, oid FROM tables
    UNION ALL
    SELECT 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid FROM pg_catalog.pg_attrdef d JOIN tables t ON t.oid = d.adrelid
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid
    FROM pg_catalog.pg_index i
    JOIN tables t ON t.oid = i.indrelid
    WHERE i.indexprs IS NULL
), needed (class, oid) AS (
    SELECT class, oid FROM roots
    UNION
    SELECT d.refclassid, COALESCE(NULLIF(y.typbasetype, 0), NULLIF(y.element, 0), d.refobjid)
    FROM needed e
    JOIN pg_catalog.pg_depend d ON d.classid = e.class AND d.objid = e.oid AND d.deptype IN ('n', 'e')
    -- An array stands for its elements, and the type of a column for the one below a domain.
    LEFT JOIN (SELECT t.oid, CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END AS element,
                      CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE 0 END AS typbasetype
               FROM pg_catalog.pg_type t) y
           ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND y.oid = d.refobjid
              AND (e.class = 'pg_catalog.pg_class'::pg_catalog.regclass OR y.typbasetype = 0)
    WHERE d.refclassid IN ('pg_catalog.pg_type'::pg_catalog.regclass, 'pg_catalog.pg_proc'::pg_catalog.regclass,
                           'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_opclass'::pg_catalog.regclass,
                           'pg_catalog.pg_extension'::pg_catalog.regclass)
      -- The tables themselves are made by the migration.
      AND NOT (d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
               AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = d.refobjid AND c.relkind NOT IN ('S', 'c')))
), objects AS (
    SELECT e.class, e.oid
    FROM needed e
    WHERE e.oid >= 16384
      -- A member of an extension comes with it.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = e.class AND d.objid = e.oid AND d.deptype = 'e')
), made (rank, oid, schema, kind, identity, statement) AS (
    SELECT 1, x.oid, n.nspname, 'extension', pg_catalog.quote_ident(x.extname),
           pg_catalog.format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', x.extname, n.nspname)
    FROM objects o
    JOIN pg_catalog.pg_extension x ON o.class = 'pg_catalog.pg_extension'::pg_catalog.regclass AND x.oid = o.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
    UNION ALL
    SELECT 2, t.oid, n.nspname, 'type', pg_catalog.format('%I.%I', n.nspname, t.typname),
           CASE t.typtype
               WHEN 'e' THEN pg_catalog.format(
                   'CREATE TYPE %I.%I AS ENUM (%s)', n.nspname, t.typname,
                   (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder)
                    FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid))
               WHEN 'c' THEN pg_catalog.format(
                   'CREATE TYPE %I.%I AS (%s)', n.nspname, t.typname,
                   (SELECT pg_catalog.string_agg(
                               pg_catalog.format('%I %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)), ', '
                               ORDER BY a.attnum)
                    FROM pg_catalog.pg_attribute a
                    WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
               WHEN 'd' THEN pg_catalog.format(
                   'CREATE DOMAIN %I.%I AS %s%s%s%s', n.nspname, t.typname,
                   pg_catalog.format_type(t.typbasetype, t.typtypmod), ' DEFAULT ' || pg_catalog.pg_get_expr(t.typdefaultbin, 0),
                   CASE WHEN t.typnotnull THEN ' NOT NULL' END,
                   (SELECT pg_catalog.string_agg(
                               pg_catalog.format(' CONSTRAINT %I %s', k.conname, pg_catalog.pg_get_constraintdef(k.oid)), ''
                               ORDER BY k.conname)
                    FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
               WHEN 'r' THEN pg_catalog.format(
                   'CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s)', n.nspname, t.typname,
                   (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid))
           END
    FROM objects o
    JOIN pg_catalog.pg_type t ON o.class = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = o.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'c', 'd', 'r') AND (c.oid IS NULL OR c.relkind = 'c')
      AND NOT (t.typtype = 'e' AND n.nspname = ANY ($1) AND EXISTS (SELECT FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid))
    UNION ALL
    SELECT 2, c.oid, n.nspname, 'sequence', pg_catalog.format('%I.%I', n.nspname, c.relname),
           pg_catalog.format('CREATE SEQUENCE IF NOT EXISTS %I.%I AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s%s',
                             n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax,
                             s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
    FROM objects o
    JOIN pg_catalog.pg_class c ON o.class = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = o.oid AND c.relkind = 'S'
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
    -- One that belongs to a column comes with it, under a name of its own: others that count with it need it.
    LEFT JOIN pg_catalog.pg_depend w
           ON w.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND w.objid = c.oid AND w.deptype IN ('a', 'i')
              AND w.refobjsubid > 0
    WHERE w.objid IS NULL
       OR EXISTS (SELECT FROM pg_catalog.pg_depend u
                  JOIN pg_catalog.pg_attrdef f ON f.oid = u.objid
                  WHERE u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjid = c.oid
                    AND u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                    AND (f.adrelid <> w.refobjid OR f.adnum <> w.refobjsubid))
    UNION ALL
    SELECT 2, p.oid, n.nspname, 'function',
           p.oid::pg_catalog.regprocedure::pg_catalog.text,
           pg_catalog.rtrim(pg_catalog.pg_get_functiondef(p.oid), E'\n')
    FROM objects o
    JOIN pg_catalog.pg_proc p ON o.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = o.oid AND p.prokind = 'f'
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
)
SELECT kind, schema, identity, statement
FROM made
WHERE statement IS NOT NULL
ORDER BY rank, oid
