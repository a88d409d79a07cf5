-- What hangs on tables and columns and cannot be said in the schema language. $touched: rows of schema, table, column
-- ('' for the table as a whole, or for an enum of that name), and the name of a key instead, a constraint or an index. `blocks`: PostgreSQL refuses to drop or retype the column
-- because of it; otherwise it goes with what is dropped, and is made anew by PostgreSQL under a new type, which fails where
-- it is `tied` to the old one: PostgreSQL writes the constants in an expression with their type. A name has its schema where that
-- is another one than the table's.
WITH RECURSIVE touched_things (schema, table_name, column_name, key_name) AS (
    VALUES $touched
), touched AS (
    SELECT schema, table_name, column_name FROM touched_things WHERE key_name = ''
), keys AS (
    SELECT t.schema, t.table_name, t.key_name, c.oid AS relation, i.oid AS index, k.oid AS "constraint"
    FROM touched_things t
    JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.table_name
    JOIN pg_catalog.pg_class i ON i.relnamespace = n.oid AND i.relname = t.key_name AND i.relkind IN ('i', 'I')
    LEFT JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = t.key_name AND k.contype IN ('p', 'u')
    WHERE t.key_name <> ''
), targets AS (
    SELECT t.*, c.oid AS relation, COALESCE(a.attnum, 0) AS number, a.atttypid AS type
    FROM touched t
    JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.table_name
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = t.column_name AND a.attnum > 0
    WHERE t.column_name = '' OR a.attnum IS NOT NULL
), heirs (ancestor, child) AS (
    SELECT p.relation, h.inhrelid
    FROM targets p
    JOIN pg_catalog.pg_inherits h ON h.inhparent = p.relation
    UNION
    SELECT r.ancestor, h.inhrelid
    FROM heirs r
    JOIN pg_catalog.pg_inherits h ON h.inhparent = r.child
), places AS (
    -- With the columns of the children, which go and change with that of the parent.
    SELECT * FROM targets
    UNION ALL
    SELECT t.schema, t.table_name, t.column_name, h.child, a.attnum, a.atttypid
    FROM targets t
    JOIN heirs h ON h.ancestor = t.relation
    JOIN pg_catalog.pg_attribute a ON a.attrelid = h.child AND a.attname = t.column_name AND NOT a.attislocal
    WHERE t.number > 0
), edges AS (
    SELECT p.*, d.classid, d.objid, d.objsubid,
           EXISTS (SELECT FROM pg_catalog.pg_depend o
                   JOIN pg_catalog.pg_type y ON y.oid = o.refobjid AND p.type IN (y.oid, y.typarray, y.typelem)
                   WHERE o.classid = d.classid AND o.objid = d.objid
                     AND o.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass) AS tied
    FROM places p
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = p.relation
     AND (p.number = 0 OR d.refobjsubid = p.number)
    WHERE d.deptype IN ('n', 'a')
), row_types AS (
    -- The type of a table's rows, and that of arrays of them.
    SELECT DISTINCT p.relation AS place, x.id
    FROM places p
    JOIN pg_catalog.pg_class c ON c.oid = p.relation
    JOIN pg_catalog.pg_type y ON y.oid = c.reltype
    CROSS JOIN LATERAL (VALUES (y.oid), (y.typarray)) x (id)
), enums AS (
    SELECT t.schema, t.table_name, y.oid, y.typarray
    FROM touched t
    JOIN pg_catalog.pg_namespace n ON n.nspname = t.schema
    JOIN pg_catalog.pg_type y ON y.typnamespace = n.oid AND y.typname = t.table_name AND y.typtype = 'e'
    WHERE t.column_name = ''
), dependents (relation, schema, table_name, column_name, kind, name, blocks, tied, on_rewrite, key_name) AS (
    SELECT found.*, false, ''
    FROM (
    SELECT e.relation, e.schema, e.table_name, e.column_name,
           CASE v.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'rule' END,
           CASE WHEN v.relkind IN ('v', 'm')
                THEN pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = v.relnamespace AND nspname <> e.schema), v.relname)
                ELSE w.rulename END, e.number > 0 OR v.oid <> e.relation, false
    FROM edges e
    JOIN pg_catalog.pg_rewrite w ON e.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND w.oid = e.objid
    JOIN pg_catalog.pg_class v ON v.oid = w.ev_class
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'trigger', g.tgname, e.number > 0, false
    FROM edges e
    JOIN pg_catalog.pg_trigger g ON e.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND g.oid = e.objid
    WHERE NOT g.tgisinternal
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'policy', p.polname, e.number > 0, false
    FROM edges e
    JOIN pg_catalog.pg_policy p ON e.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = e.objid
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name,
           CASE k.contype WHEN 'c' THEN 'check constraint' ELSE 'exclusion constraint' END, k.conname, false, tied
    FROM edges e
    JOIN pg_catalog.pg_constraint k
      ON e.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = e.objid
    WHERE k.contype IN ('c', 'x')
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'index', i.relname, false, tied
    FROM edges e
    JOIN pg_catalog.pg_index x ON e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.indexrelid = e.objid
    JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
    WHERE x.indexprs IS NOT NULL OR x.indpred IS NOT NULL OR x.indnatts > x.indnkeyatts
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'statistics', s.stxname, false, tied
    FROM edges e
    JOIN pg_catalog.pg_statistic_ext s
      ON e.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND s.oid = e.objid
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'generated column', a.attname, true, false
    FROM edges e
    -- Up to PostgreSQL 15 the column depends on the other itself, since then its default does.
    JOIN pg_catalog.pg_attribute a
      ON a.attrelid = e.relation AND a.attgenerated <> ''
     AND (e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = e.relation AND a.attnum = e.objsubid
          OR e.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
             AND EXISTS (SELECT FROM pg_catalog.pg_attrdef d
                         WHERE d.oid = e.objid AND d.adrelid = e.relation AND d.adnum = a.attnum))
    WHERE e.number > 0 AND a.attnum <> e.number
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'function',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = p.pronamespace AND nspname <> e.schema), p.proname), true, false
    FROM edges e
    JOIN pg_catalog.pg_proc p ON e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = e.objid
    UNION
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'inherited table',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = c.relnamespace AND nspname <> e.schema), c.relname), true, false
    FROM edges e
    JOIN pg_catalog.pg_inherits h
      ON e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND h.inhrelid = e.objid AND h.inhparent = e.relation
    JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid AND NOT c.relispartition
    WHERE e.number = 0
    UNION
    -- A column that is inherited changes with that of the parent, and only so.
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'parent table',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = c.relnamespace AND nspname <> p.schema), c.relname), true, false
    FROM targets p
    JOIN pg_catalog.pg_attribute a ON a.attrelid = p.relation AND a.attnum = p.number AND a.attinhcount > 0
    JOIN pg_catalog.pg_inherits h ON h.inhrelid = p.relation
    JOIN pg_catalog.pg_attribute t ON t.attrelid = h.inhparent AND t.attname = p.column_name AND t.attnum > 0
    JOIN pg_catalog.pg_class c ON c.oid = h.inhparent
    UNION
    -- A column that the child declares itself as well stays there when that of the parent goes.
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'heir',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = c.relnamespace AND nspname <> p.schema), c.relname), false, false
    FROM targets p
    JOIN heirs h ON h.ancestor = p.relation
    JOIN pg_catalog.pg_attribute a
      ON a.attrelid = h.child AND a.attname = p.column_name AND a.attinhcount = 1 AND NOT a.attislocal
    JOIN pg_catalog.pg_class c ON c.oid = h.child AND NOT c.relispartition
    WHERE NOT EXISTS (SELECT FROM targets o WHERE o.relation = h.child AND o.column_name = p.column_name)
    UNION
    -- What needs an enum that goes or is made anew, beside what is said of columns.
    SELECT t.oid, t.schema, t.table_name, '',
           CASE WHEN v.oid IS NULL THEN i.type WHEN v.relkind = 'm' THEN 'materialized view' ELSE 'view' END,
           COALESCE(CASE WHEN v.oid IS NOT NULL
                         THEN pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = v.relnamespace AND nspname <> t.schema), v.relname) END,
                    i.identity), true, false
    FROM enums t
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.refobjid IN (t.oid, t.typarray)
     AND d.deptype IN ('n', 'a')
    CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) i
    LEFT JOIN pg_catalog.pg_rewrite w
           ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND w.oid = d.objid AND w.rulename = '_RETURN'
    LEFT JOIN pg_catalog.pg_class v ON v.oid = w.ev_class
    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND f.oid = d.objid
    -- A column, or the one whose default it is: those that the plan changes, and those of the children with them.
    LEFT JOIN pg_catalog.pg_attribute a
           ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = d.objid AND a.attnum = d.objsubid
              OR a.attrelid = f.adrelid AND a.attnum = f.adnum
    WHERE NOT EXISTS (SELECT FROM edges e WHERE e.classid = d.classid AND e.objid = d.objid AND e.objid <> e.relation)
      AND NOT EXISTS (SELECT FROM places o
                      WHERE o.relation = a.attrelid AND o.number IN (0, a.attnum))
      AND NOT EXISTS (SELECT FROM heirs h
                      JOIN places o ON o.relation = h.ancestor AND o.column_name = a.attname
                      WHERE h.child = a.attrelid)
    UNION
    -- What publishes a column, or rows by what stands in it; a table as a whole leaves by itself.
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'publication', b.pubname, true, false
    FROM edges e
    JOIN pg_catalog.pg_publication_rel r
      ON e.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass AND r.oid = e.objid
    JOIN pg_catalog.pg_publication b ON b.oid = r.prpubid
    WHERE e.number > 0
    UNION
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'partition key of the table', c.relname, true, false
    FROM places p
    JOIN pg_catalog.pg_partitioned_table t ON t.partrelid = p.relation
    JOIN pg_catalog.pg_class c ON c.oid = p.relation
    WHERE p.number > 0
      AND (p.number = ANY (t.partattrs)
           OR EXISTS (SELECT FROM pg_catalog.pg_depend d
                      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = p.relation
                        AND d.objsubid = p.number AND d.refobjid = p.relation AND d.refobjsubid = 0 AND d.deptype = 'i'))
    UNION
    -- Numbers that others take from the column's sequence.
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'default of',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = c.relnamespace AND nspname <> p.schema), c.relname, a.attname), true, false
    FROM places p
    JOIN pg_catalog.pg_depend s
      ON s.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.refobjid = p.relation
     AND (p.number = 0 OR s.refobjsubid = p.number) AND s.refobjsubid > 0
     AND s.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.deptype IN ('a', 'i')
    JOIN pg_catalog.pg_class q ON q.oid = s.objid AND q.relkind = 'S'
    JOIN pg_catalog.pg_depend u
      ON u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND u.refobjid = q.oid
     AND u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
    JOIN pg_catalog.pg_attrdef f ON f.oid = u.objid AND f.adrelid <> p.relation
    JOIN pg_catalog.pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
    JOIN pg_catalog.pg_class c ON c.oid = f.adrelid
    UNION
    -- Foreign keys to a table or a column that goes; those that the plan drops are known to it.
    SELECT e.relation, e.schema, e.table_name, e.column_name, 'foreign key',
           n.nspname || '.' || c.relname || '.' || k.conname, true, false
    FROM edges e
    JOIN pg_catalog.pg_constraint k
      ON e.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = e.objid
    JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE k.contype = 'f' AND k.confrelid = e.relation AND k.conrelid <> e.relation AND k.conparentid = 0
    UNION
    -- Functions that take or give the rows of a table that goes.
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'function',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = f.pronamespace AND nspname <> p.schema), f.proname), true, false
    FROM places p
    JOIN row_types y ON y.place = p.relation
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.refobjid = y.id AND d.deptype = 'n'
     AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
    JOIN pg_catalog.pg_proc f ON f.oid = d.objid
    WHERE p.number = 0
    ) found
    UNION ALL
    -- Columns that hold whole rows of the table: nothing that would have to change them is done.
    SELECT p.relation, p.schema, p.table_name, p.column_name, 'column',
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = c.relnamespace AND nspname <> p.schema), c.relname, a.attname), true, false, true, ''
    FROM places p
    JOIN row_types y ON y.place = p.relation
    JOIN pg_catalog.pg_attribute a ON a.atttypid = y.id AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'm', 'f')
    UNION ALL
    -- What stands on a key: a view that groups by it, and foreign keys.
    SELECT k.relation, k.schema, k.table_name, '', CASE v.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END,
           pg_catalog.concat_ws('.', (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = v.relnamespace AND nspname <> k.schema), v.relname), true, false, false, k.key_name
    FROM keys k
    JOIN pg_catalog.pg_depend d
      ON d.refclassid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND d.refobjid = k."constraint"
     AND d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
    JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid
    JOIN pg_catalog.pg_class v ON v.oid = w.ev_class
    UNION ALL
    SELECT k.relation, k.schema, k.table_name, '', 'foreign key',
           n.nspname || '.' || c.relname || '.' || f.conname, true, false, false, k.key_name
    FROM keys k
    JOIN pg_catalog.pg_constraint f ON f.conindid = k.index AND f.contype = 'f' AND f.conparentid = 0
    JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
)
SELECT DISTINCT schema, table_name, column_name, key_name, kind, name, blocks, tied, on_rewrite
FROM dependents
ORDER BY schema, table_name, column_name, key_name, kind, name
