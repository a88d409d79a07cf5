-- What stays by a plan although it relies on what the plan drops, so that PostgreSQL refuses. The gaps: what it drops, as
-- objects.sql names it, with its place in a list and, of a type, the attribute that alone goes; and what it drops or alters. What goes by itself with the dropped does not count.
WITH RECURSIVE $objects, dropped (kind, schema, name, part, place, attribute) AS (
    VALUES $dropped
), touched (kind, schema, name, part) AS (
    VALUES $touched
), edges AS MATERIALIZED (
    SELECT x.place, d.classid, d.objid, d.objsubid
    FROM dropped x
    JOIN named_objects u ON u.kind = x.kind AND u.schema = x.schema AND u.name = x.name AND u.part = x.part
    JOIN pg_catalog.pg_depend d ON d.refclassid = u.classid AND d.refobjid = u.objid AND d.deptype = 'n'
    LEFT JOIN pg_catalog.pg_attribute a
      ON u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = u.objid AND a.attname = x.attribute
    WHERE x.attribute = '' OR a.attnum = d.refobjsubid
), going (classid, objid) AS (
    -- With what goes with it: the functions of an operator family, what partitions have of a trigger or a key.
    SELECT v.classid, v.objid
    FROM touched t
    JOIN named_objects v ON v.kind = t.kind AND v.schema = t.schema AND v.name = t.name AND v.part = t.part
    WHERE v.kind <> 'relation'
    UNION
    SELECT d.classid, d.objid
    FROM going g
    JOIN pg_catalog.pg_depend d ON d.refclassid = g.classid AND d.refobjid = g.objid AND d.deptype IN ('a', 'i', 'e', 'P')
), touched_relations (oid) AS (
    -- With what inherits from them: it is changed with its parent.
    SELECT u.objid
    FROM touched t
    JOIN named_objects u ON u.kind = t.kind AND u.schema = t.schema AND u.name = t.name
    WHERE t.kind = 'relation' AND u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
    UNION
    SELECT h.inhrelid
    FROM touched_relations r
    JOIN pg_catalog.pg_inherits h ON h.inhparent = r.oid
)
SELECT DISTINCT e.place, i.type, i.identity
FROM edges e
LEFT JOIN named_objects o ON o.classid = e.classid AND o.objid = e.objid
LEFT JOIN pg_catalog.pg_attrdef a ON e.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND a.oid = e.objid
LEFT JOIN pg_catalog.pg_rewrite w ON e.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND w.oid = e.objid
LEFT JOIN pg_catalog.pg_index x ON e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.indexrelid = e.objid
LEFT JOIN pg_catalog.pg_constraint k ON e.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = e.objid
LEFT JOIN pg_catalog.pg_trigger g ON e.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND g.oid = e.objid
LEFT JOIN pg_catalog.pg_policy p ON e.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = e.objid
-- The relation that it is or belongs to.
CROSS JOIN LATERAL (
    SELECT COALESCE(a.adrelid, w.ev_class, x.indrelid, NULLIF(k.conrelid, 0), g.tgrelid, p.polrelid,
                    CASE WHEN e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass THEN e.objid END) AS relation
) r
-- A column goes for its default, a view for its rule.
CROSS JOIN LATERAL pg_catalog.pg_identify_object(
    CASE WHEN a.oid IS NULL AND w.rulename IS DISTINCT FROM '_RETURN' THEN e.classid ELSE 'pg_catalog.pg_class'::pg_catalog.regclass END,
    CASE WHEN a.oid IS NULL AND w.rulename IS DISTINCT FROM '_RETURN' THEN e.objid ELSE r.relation END,
    CASE WHEN a.oid IS NOT NULL THEN a.adnum::integer WHEN w.rulename = '_RETURN' THEN 0 ELSE e.objsubid END) i
WHERE (r.relation IS NULL OR r.relation NOT IN (SELECT oid FROM touched_relations))
  AND NOT EXISTS (SELECT FROM touched t
                  WHERE t.kind = o.kind AND t.schema = o.schema AND t.name = o.name AND t.part = o.part)
  AND NOT EXISTS (SELECT FROM going g WHERE g.classid = e.classid AND g.objid = e.objid)
ORDER BY 1, 2, 3
