-- Settings that decide what a script means, other than those that every session of ours sets itself. What the
-- server does not know (`app.tenant`) is not in pg_settings; of those for a role in a database, a role, a database
-- and all, the first counts.
SELECT name, coalesce(reset_val, '') AS value, source IN ('database', 'database user') AS of_database
FROM pg_catalog.pg_settings
WHERE lower(name) IN ('timezone', 'datestyle', 'intervalstyle', 'timezone_abbreviations', 'transform_null_equals',
                      'array_nulls', 'backslash_quote', 'xmloption', 'xmlbinary', 'bytea_output', 'extra_float_digits',
                      'lc_monetary', 'lc_numeric', 'lc_time', 'default_text_search_config', 'check_function_bodies',
                      'row_security', 'session_replication_role', 'quote_all_identifiers',
                      'default_transaction_isolation')
UNION ALL
(SELECT DISTINCT ON (1) pg_catalog.split_part(entry, '=', 1),
        substr(entry, pg_catalog.strpos(entry, '=') + 1), s.setdatabase <> 0
 FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) AS entry
 WHERE s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database
                             WHERE datname = pg_catalog.current_database()))
   AND s.setrole IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = session_user))
   AND entry ~ '^[^=]*[.]'
 ORDER BY 1, s.setrole <> 0 DESC, s.setdatabase <> 0 DESC)
