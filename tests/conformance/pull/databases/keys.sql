-- # primary keys
CREATE TABLE a (id int, CONSTRAINT my_pk PRIMARY KEY (id));
CREATE TABLE b (x int, y int, PRIMARY KEY (y, x));
CREATE TABLE c (x int, y int, CONSTRAINT "c key" PRIMARY KEY (x, y));

-- # unique columns
CREATE TABLE t (id serial PRIMARY KEY, a int UNIQUE, b int, c int, UNIQUE (b, c));
CREATE UNIQUE INDEX u ON t (c);

-- # no key that clients can use
CREATE TABLE a (x int);
CREATE TABLE b (x int UNIQUE);
CREATE TABLE c (x int4range PRIMARY KEY);
CREATE TABLE d (x int, y int, UNIQUE (x, y));

-- # unique, required and no primary key
CREATE TABLE a (x int NOT NULL UNIQUE);
CREATE TABLE b (x int NOT NULL, y int NOT NULL, UNIQUE (x, y));

-- # relations with tables that have no key
CREATE TABLE a (id int UNIQUE);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a (id));
CREATE TABLE c (b int REFERENCES b);

-- # several unique indexes on one column
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE UNIQUE INDEX t_a_key ON t (a);
CREATE UNIQUE INDEX u2 ON t (a DESC);
CREATE UNIQUE INDEX u3 ON t (a) WHERE a > 5;

-- # a table without columns
-- differs: the engine writes a comment; ours leaves out what migrations leave alone
CREATE TABLE nothing ();
CREATE TABLE t (id int PRIMARY KEY);

-- # no key
CREATE TABLE a (x int, y text);

-- # nullable unique only
CREATE TABLE a (x int UNIQUE);
CREATE TABLE b (x int, y int NOT NULL, UNIQUE (x, y));

-- # unique not null
CREATE TABLE a (x int NOT NULL UNIQUE, y int);
CREATE TABLE b (x int NOT NULL, y int NOT NULL, UNIQUE (y, x));
CREATE TABLE c (x int NOT NULL, y int UNIQUE, UNIQUE (x));

-- # unique by partial index only
CREATE TABLE a (x int NOT NULL, y int);
CREATE UNIQUE INDEX ON a (x) WHERE y > 0;

-- # unique by expression only
CREATE TABLE a (x text NOT NULL, y int);
CREATE UNIQUE INDEX ON a (lower(x));

-- # unsupported primary key
CREATE TABLE a (x int4range PRIMARY KEY, y int);
CREATE TABLE b (x interval PRIMARY KEY, y int NOT NULL UNIQUE);
CREATE TABLE c (x cidr, y int, PRIMARY KEY (x, y));

-- # enum and other keys
CREATE TYPE e AS ENUM ('a');
CREATE TABLE a (x e PRIMARY KEY);
CREATE TABLE b (x timestamp PRIMARY KEY);
CREATE TABLE c (x bytea PRIMARY KEY);
CREATE TABLE d (x jsonb PRIMARY KEY);
CREATE TABLE f (x text[] PRIMARY KEY);
CREATE TABLE g (x numeric(5,2) PRIMARY KEY);
CREATE TABLE h (x boolean PRIMARY KEY);
CREATE TABLE i (x float PRIMARY KEY);

-- # composite keys
CREATE TABLE a (x int, y int, z int, PRIMARY KEY (z, x));
CREATE TABLE b (x int, y int, CONSTRAINT custom PRIMARY KEY (x, y));
CREATE TABLE c (x int, y int, CONSTRAINT "c_pkey" PRIMARY KEY (x, y));

-- # key with own name
CREATE TABLE a (x int CONSTRAINT foo PRIMARY KEY);
CREATE TABLE b (x int CONSTRAINT "b_x_pk" PRIMARY KEY, y int CONSTRAINT "uq" UNIQUE, z int CONSTRAINT "b_z_key" UNIQUE);

-- # key and unique on the same column
CREATE TABLE a (x int PRIMARY KEY, UNIQUE (x));
CREATE TABLE b (x int, y int, PRIMARY KEY (x, y), UNIQUE (x, y), UNIQUE (y, x));

-- # key with include
-- differs: the engine takes included columns for columns of the index
CREATE TABLE a (x int, y int, PRIMARY KEY (x) INCLUDE (y));
CREATE TABLE b (x int, y int, UNIQUE (x) INCLUDE (y));

-- # deferrable keys
CREATE TABLE a (x int PRIMARY KEY DEFERRABLE, y int UNIQUE DEFERRABLE INITIALLY DEFERRED);

-- # unique index or constraint
CREATE TABLE a (id int PRIMARY KEY, x int, y int, z int);
CREATE UNIQUE INDEX a_x_key ON a (x);
ALTER TABLE a ADD CONSTRAINT a_y_key UNIQUE (y);
ALTER TABLE a ADD UNIQUE (y, z);
CREATE UNIQUE INDEX odd ON a (z DESC);

-- # nulls not distinct
CREATE TABLE a (id int PRIMARY KEY, x int, y int, UNIQUE NULLS NOT DISTINCT (x));
CREATE UNIQUE INDEX i ON a (y) NULLS NOT DISTINCT;

-- # unique on unsupported
CREATE TABLE a (id int PRIMARY KEY, x interval UNIQUE, y cidr);
CREATE UNIQUE INDEX ON a (y, id);
CREATE INDEX ON a (x);

-- # only unsupported types
CREATE TABLE a (x interval, y point);

-- # key type without columns beside
CREATE TABLE a (id serial PRIMARY KEY);

-- # table without columns beside
-- differs: the engine writes a comment
CREATE TABLE e ();
CREATE TABLE f (id int PRIMARY KEY);

-- # dropped columns
CREATE TABLE t (a int, id int PRIMARY KEY, b int, c int);
ALTER TABLE t DROP a, DROP b;
CREATE INDEX ON t (c);
