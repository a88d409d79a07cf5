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
-- differs: the engine keeps one of them, and its next migration drops the others
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE UNIQUE INDEX t_a_key ON t (a);
CREATE UNIQUE INDEX u2 ON t (a DESC);
CREATE UNIQUE INDEX u3 ON t (a) WHERE a > 5;

-- # a table without columns
-- differs: the engine writes a comment; ours leaves out what migrations leave alone
CREATE TABLE nothing ();
CREATE TABLE t (id int PRIMARY KEY);
