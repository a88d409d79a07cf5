-- # inheritance
CREATE TABLE parent (id serial PRIMARY KEY, x int);
CREATE TABLE child (y int) INHERITS (parent);

-- # partitions
CREATE TABLE t (id int, d date, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX ON t (d);

-- # views
CREATE TABLE t (id serial PRIMARY KEY, x int);
CREATE VIEW "odd view" AS SELECT id AS "the id", now() AS at, ARRAY[1] AS list FROM t;
CREATE VIEW v AS SELECT id, x FROM t;
CREATE MATERIALIZED VIEW m AS SELECT * FROM t;

-- # security, comments, triggers, rules
CREATE TABLE t (id serial PRIMARY KEY, x int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (x > 0);
COMMENT ON TABLE t IS 'a table';
COMMENT ON COLUMN t.x IS 'a column';
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;

-- # an enum with a comment
CREATE TYPE e AS ENUM ('a');
COMMENT ON TYPE e IS 'an enum';
CREATE TABLE t (id serial PRIMARY KEY, e e);

-- # unlogged and foreign tables
CREATE UNLOGGED TABLE u (id int PRIMARY KEY);

-- # nothing but an enum
CREATE TYPE e AS ENUM ('a', 'b');

-- # check constraints
-- engine: falls over them
CREATE TABLE t (id serial PRIMARY KEY, x int CHECK (x > 0));

-- # exclusion constraints
-- engine: falls over them
CREATE TABLE t (id serial PRIMARY KEY, x int4range, EXCLUDE USING gist (x WITH &&));
