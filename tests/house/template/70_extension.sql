-- An extension that lies in a schema of its own, as managed servers have it, and a column that uses it.
CREATE SCHEMA neighbour_tools;
CREATE EXTENSION ltree SCHEMA neighbour_tools;
GRANT USAGE ON SCHEMA neighbour_tools TO PUBLIC;
CREATE TABLE neighbour.folders (path neighbour_tools.ltree PRIMARY KEY);
CREATE INDEX folders_path_idx ON neighbour.folders USING gist (path);
INSERT INTO neighbour.folders VALUES ('top.science'), ('top.hobbies');
CREATE FOREIGN DATA WRAPPER neighbour_wrapper;
CREATE SERVER neighbour_server FOREIGN DATA WRAPPER neighbour_wrapper OPTIONS (host 'example.com');
CREATE FOREIGN TABLE neighbour.far (id int) SERVER neighbour_server;
