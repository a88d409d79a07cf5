-- Who relies on what, of users' objects: pg_depend with names. `used_column`: that this column of the relation is used;
-- a use of a whole row is one of the relation alone, which blocks no change of a column. `own_column`: the column whose type,
-- default or generation relies on it. Part of the query of schema/definitions.
SELECT DISTINCT o.kind COLLATE "C" AS dependent_kind, o.schema AS dependent_schema, o.name COLLATE "C" AS dependent_name,
       o.part AS dependent_part, u.kind COLLATE "C" AS used_kind,
       u.schema AS used_schema, u.name COLLATE "C" AS used_name, u.part AS used_part,
       a.attname AS used_column, w.attname AS own_column, f.oid IS NOT NULL AS is_of_expression
FROM pg_catalog.pg_depend d
JOIN named_objects o ON o.classid = d.classid AND o.objid = d.objid
JOIN named_objects u ON u.classid = d.refclassid AND u.objid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute a
  ON u.kind = 'relation' AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = d.refobjid
 AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND f.oid = d.objid
LEFT JOIN pg_catalog.pg_attribute w
  ON o.kind = 'relation' AND w.attrelid = COALESCE(f.adrelid, d.objid) AND w.attnum = COALESCE(f.adnum, d.objsubid)
 AND w.attnum > 0 AND (f.oid IS NOT NULL OR d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
-- Foreign keys know what they rely on by themselves.
WHERE o.kind <> 'foreign key' AND d.deptype IN ('n', 'a', 'i', 'P', 'S', 'x')
  AND (o.kind, o.schema, o.name, o.part) IS DISTINCT FROM (u.kind, u.schema, u.name, u.part)
  AND (o.schema = '' OR o.schema = ANY ($1))
  -- That a sequence belongs to a column is an object, too (object/definition/sequence_owner).
  AND NOT (d.deptype = 'a' AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
           AND d.objid IN (SELECT seqrelid FROM pg_catalog.pg_sequence))
