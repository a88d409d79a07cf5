-- Scratch databases without a session. A minute of grace: one that was made just now may not have its session yet.
SELECT datname
FROM pg_database d
WHERE datname ~ '^cm_migrate_scratch_[0-9a-f]{24}$'
  AND pg_has_role(datdba, 'MEMBER')
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)
  AND ('x' || lpad(substr(datname, 20, 8), 16, '0'))::bit(64)::bigint < extract(epoch FROM now()) - 60
