-- What hangs on a database and is not copied with its template.
GRANT CREATE ON DATABASE :database TO neighbour_owner;
GRANT CONNECT, TEMPORARY ON DATABASE :database TO neighbour_app;
COMMENT ON DATABASE :database IS 'shared by several services';
ALTER DATABASE :database CONNECTION LIMIT 400;
