-- The index $2 of the table $1, and who builds it: whoever may not see what others do learns of it
-- that they build something on the table. A partitioned one that waits for its parts is sound.
SELECT i.indexrelid::regclass::text AS name, i.indisvalid OR c.relkind = 'I' AS valid,
       (SELECT p.pid
        FROM pg_stat_progress_create_index p
        WHERE p.index_relid = i.indexrelid
           OR (p.relid IS NULL
               AND EXISTS (SELECT FROM pg_locks l
                           WHERE l.pid = p.pid AND l.relation = i.indrelid
                             AND l.database = (SELECT oid FROM pg_database
                                               WHERE datname = current_database())))
        LIMIT 1) AS builder
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass($1) AND c.relname = (parse_ident($2))[1]::name
