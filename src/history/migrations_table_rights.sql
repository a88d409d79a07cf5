-- What there is of the schema $1 and the table $2, and who asks.
SELECT current_user AS role, quote_ident(current_database()) AS database,
       s.oid IS NOT NULL AS has_schema,
       coalesce(has_schema_privilege(s.oid, 'USAGE'), false) AS may_use,
       c.oid IS NOT NULL AS has_table
FROM (SELECT) AS one
LEFT JOIN pg_catalog.pg_namespace s ON s.nspname = $1
LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = s.oid AND c.relname = $2
