-- Comments on objects, columns and constraints; `owner_...`: on what; that a constraint of a domain is a part of it. That of `public` which initdb gives is none, nor is
-- that of an extension which it brings along; `shape`: such a one.
SELECT o.schema, i.type || ' ' || i.identity AS name, '' AS part,
       CASE WHEN i.type LIKE '%column' THEN 'COLUMN' WHEN i.type LIKE '% constraint' THEN 'CONSTRAINT'
            WHEN i.type = 'composite type' THEN 'TYPE' WHEN i.type = 'statistics object' THEN 'STATISTICS'
            ELSE pg_catalog.replace(pg_catalog.upper(i.type), '-', ' ') END
           || ' ' || CASE WHEN i.type = 'domain constraint' THEN pg_catalog.regexp_replace(i.identity, '^(("[^"]*")+|[^ ]*) on ', '\1 on domain ')
                          ELSE i.identity END AS address,
       pg_catalog.quote_literal(d.description) AS text,
       CASE WHEN o.kind = 'schema' AND o.schema = 'public' THEN ARRAY['''standard public schema''']
            ELSE ARRAY[]::text[] END AS shape, ARRAY[]::text[] AS facts,
       o.kind AS owner_kind, o.name AS owner_name, COALESCE(a.attname, pg_catalog.quote_ident(k.conname), o.part) AS owner_part,
       a.attname IS NOT NULL OR k.conname IS NOT NULL AS is_of_column
FROM pg_catalog.pg_description d
JOIN named_objects o ON o.classid = d.classoid AND o.objid = d.objoid
LEFT JOIN pg_catalog.pg_attribute a
  ON d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = d.objoid AND a.attnum = d.objsubid AND d.objsubid > 0
LEFT JOIN pg_catalog.pg_constraint k
  ON d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = d.objoid AND k.contypid <> 0
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
-- Those of initdb are many, and none of them is compared but that of `public`.
WHERE (d.objoid >= 16384 OR d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.description NOT IN
          ('standard public schema', 'system catalog schema', 'reserved schema for TOAST tables'))
  AND (o.schema = '' OR o.schema = ANY ($1)) AND o.kind <> 'extension'
  AND NOT (o.kind = 'schema' AND o.schema = 'public' AND d.description = 'standard public schema')
UNION ALL
-- NOT NULL, which is a constraint from PostgreSQL 18 on, goes with its column.
SELECT o.schema, i.type || ' ' || i.identity, '', 'CONSTRAINT ' || i.identity, pg_catalog.quote_literal(d.description),
       ARRAY[]::text[], ARRAY[]::text[], o.kind, o.name, a.attname, true
FROM pg_catalog.pg_description d
JOIN pg_catalog.pg_constraint k ON k.oid = d.objoid AND k.contype = 'n'
JOIN named_objects o ON o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = k.conrelid
JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, 0) i
WHERE d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.objoid >= 16384 AND o.schema = ANY ($1)
UNION ALL
SELECT '', 'extension ' || pg_catalog.quote_ident(e.extname), '', 'EXTENSION ' || pg_catalog.quote_ident(e.extname),
       COALESCE(pg_catalog.quote_literal(d.description), 'NULL'), ARRAY[COALESCE(pg_catalog.quote_literal(x.comment), 'NULL')],
       ARRAY[]::text[], 'extension', e.extname, '', false
FROM pg_catalog.pg_extension e
LEFT JOIN pg_catalog.pg_available_extensions x ON x.name = e.extname
LEFT JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid
WHERE e.extname <> 'plpgsql' AND d.description IS DISTINCT FROM x.comment
