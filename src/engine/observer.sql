-- The sessions that the process $1 waits for, the oldest transaction first.
SELECT b.pid, a.usename, a.application_name, a.state, a.query,
       greatest(0, extract(epoch FROM clock_timestamp() - a.xact_start))::int AS age
FROM (SELECT DISTINCT unnest(pg_blocking_pids($1::int)) AS pid) AS b
LEFT JOIN pg_stat_activity a ON a.pid = b.pid
ORDER BY age DESC NULLS LAST, b.pid
