-- # names that are the default
CREATE TABLE t (id serial PRIMARY KEY, a int, b int);
CREATE INDEX ON t (a);
CREATE INDEX ON t (a, b);
CREATE UNIQUE INDEX t_b_key ON t (b);

-- # names of their own
CREATE TABLE t (id serial PRIMARY KEY, a int, b int);
CREATE INDEX mine ON t (a);
CREATE INDEX "t a b" ON t (a, b DESC);

-- # gin
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id serial PRIMARY KEY, a jsonb, b text[], c text, d tsvector);
CREATE INDEX g1 ON t USING gin (a);
CREATE INDEX g2 ON t USING gin (a jsonb_path_ops);
CREATE INDEX g3 ON t USING gin (b);
CREATE INDEX g4 ON t USING gin (c gin_trgm_ops);
CREATE INDEX g5 ON t USING gin (d);

-- # gist
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id serial PRIMARY KEY, a inet, b tsvector, c int4range, d text);
CREATE INDEX g1 ON t USING gist (a inet_ops);
CREATE INDEX g2 ON t USING gist (b);
CREATE INDEX g3 ON t USING gist (c);
CREATE INDEX g4 ON t USING gist (d gist_trgm_ops);

-- # brin
CREATE TABLE t (id serial PRIMARY KEY, a int, b timestamptz, c text, d inet, e uuid);
CREATE INDEX b1 ON t USING brin (a);
CREATE INDEX b2 ON t USING brin (a int4_bloom_ops);
CREATE INDEX b3 ON t USING brin (b timestamptz_minmax_multi_ops);
CREATE INDEX b4 ON t USING brin (c, a);
CREATE INDEX b5 ON t USING brin (d);
CREATE INDEX b6 ON t USING brin (e);

-- # hash and sp-gist
CREATE TABLE t (id serial PRIMARY KEY, a text, b inet, c int4range);
CREATE INDEX h ON t USING hash (a);
CREATE INDEX s1 ON t USING spgist (a);
CREATE INDEX s2 ON t USING spgist (b);
CREATE INDEX s3 ON t USING spgist (c);

-- # partial indexes
CREATE TABLE t (id serial PRIMARY KEY, a int, b text, c boolean);
CREATE INDEX p1 ON t (a) WHERE a > 5;
CREATE UNIQUE INDEX p2 ON t (b) WHERE c;
CREATE INDEX p3 ON t (a, b) WHERE b = 'x''y' AND c IS NOT TRUE;

-- # expression indexes
CREATE TABLE t (id serial PRIMARY KEY, a text, b int);
CREATE INDEX e1 ON t (lower(a));
CREATE UNIQUE INDEX e2 ON t (b, lower(a));

-- # included columns
-- differs: the engine takes included columns for columns of the index
CREATE TABLE t (id serial PRIMARY KEY, a int, b int);
CREATE INDEX i ON t (a) INCLUDE (b);

-- # operator classes of trees
-- differs: the engine forgets them; a database made from that would have others
CREATE TABLE t (id serial PRIMARY KEY, a text);
CREATE INDEX i ON t (a text_pattern_ops);

-- # orders of nulls, collations, storage
CREATE TABLE t (id serial PRIMARY KEY, a text, b int);
CREATE INDEX i1 ON t (a NULLS FIRST);
CREATE INDEX i2 ON t (b DESC NULLS LAST);
CREATE INDEX i3 ON t (a COLLATE "C");
CREATE INDEX i4 ON t (b) WITH (fillfactor = 70);
CREATE UNIQUE INDEX i5 ON t (a DESC, b);

-- # two indexes on the same columns
CREATE TABLE t (id serial PRIMARY KEY, a int);
CREATE INDEX ON t (a);
CREATE INDEX other ON t (a);
