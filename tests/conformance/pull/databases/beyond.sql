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

-- # partitions by list with keys
-- differs: the engine takes a partition that has partitions for a table of its own
CREATE TABLE p (id int, region text, ref int, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE p_eu PARTITION OF p FOR VALUES IN ('eu');
CREATE TABLE p_us PARTITION OF p FOR VALUES IN ('us') PARTITION BY HASH (id);
CREATE TABLE p_us0 PARTITION OF p_us FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE p_def PARTITION OF p DEFAULT;
CREATE TABLE r (id int PRIMARY KEY);
ALTER TABLE p ADD FOREIGN KEY (ref) REFERENCES r;
CREATE INDEX ON p (ref);
CREATE TABLE q (id int PRIMARY KEY, pid int, preg text, FOREIGN KEY (pid, preg) REFERENCES p);

-- # partition without key
CREATE TABLE log (at timestamp NOT NULL, m text) PARTITION BY RANGE (at);
CREATE TABLE log1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- # inheritance of several
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (y int);
CREATE TABLE c (z int, PRIMARY KEY (id)) INHERITS (a, b);

-- # comments
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (id int PRIMARY KEY, x int, e e);
COMMENT ON TABLE t IS 'the table';
COMMENT ON COLUMN t.x IS 'the column';
COMMENT ON TYPE e IS 'the enum';

-- # row level security
CREATE TABLE t (id int PRIMARY KEY, x int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;

-- # row level security forced and policies
CREATE TABLE t (id int PRIMARY KEY, x int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON t FOR SELECT USING (true);

-- # triggers and functions
CREATE TABLE t (id int PRIMARY KEY, updated_at timestamp);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at = now(); RETURN NEW; END';
CREATE TRIGGER tt BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();

-- # rules and statistics
CREATE TABLE t (id int PRIMARY KEY, a int, b int);
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE STATISTICS s ON a, b FROM t;

-- # foreign tables
CREATE EXTENSION postgres_fdw;
CREATE SERVER srv FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE ft (id int) SERVER srv;
CREATE TABLE t (id int PRIMARY KEY);

-- # unlogged, temp like, options
CREATE UNLOGGED TABLE u (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY) WITH (fillfactor = 70, autovacuum_enabled = false);

-- # of type
CREATE TYPE rec AS (id int, x text);
CREATE TABLE t OF rec (PRIMARY KEY (id));

-- # the ledger of the other
CREATE TABLE "_prisma_migrations" (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0);
CREATE TABLE t (id int PRIMARY KEY);

-- # enums alone
CREATE TYPE a AS ENUM ('x', 'y');
CREATE TYPE b AS ENUM ();
CREATE TABLE t (id int PRIMARY KEY);

-- # empty enum used
CREATE TYPE b AS ENUM ();
CREATE TABLE t (id int PRIMARY KEY, b b);

-- # enum in other schema
-- differs: the engine leaves out the schema, without which the type is not found
CREATE SCHEMA other;
CREATE TYPE other.e AS ENUM ('x', 'y');
CREATE TABLE t (id int PRIMARY KEY, e other.e DEFAULT 'x', l other.e[]);

-- # key to other schema
-- differs: the engine asks for the other schema
CREATE SCHEMA other;
CREATE TABLE other.o (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, o int REFERENCES other.o);

-- # type in other schema
-- differs: the engine leaves out the schema, without which the type is not found
CREATE SCHEMA other;
CREATE TYPE other.c AS (a int);
CREATE DOMAIN other.d AS int;
CREATE TABLE t (id int PRIMARY KEY, c other.c, d other.d);

-- # column storage, collation, compression, options
CREATE TABLE t (id int PRIMARY KEY, a text, b text COMPRESSION pglz, c text COLLATE "C");
ALTER TABLE t ALTER a SET STATISTICS 500;

-- # grants
CREATE TABLE t (id int PRIMARY KEY);
GRANT SELECT ON t TO PUBLIC;

-- # ghost sequences
CREATE SEQUENCE lonely;
CREATE TABLE t (id int PRIMARY KEY);
