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

-- # orders
CREATE TABLE t (id int PRIMARY KEY, a int, b int, c text);
CREATE INDEX i1 ON t (a DESC);
CREATE INDEX i2 ON t (a, b DESC);
CREATE INDEX i3 ON t (a DESC NULLS LAST);
CREATE INDEX i4 ON t (a ASC NULLS FIRST, b);
CREATE UNIQUE INDEX i5 ON t (a DESC, c);
CREATE UNIQUE INDEX i6 ON t (c DESC);

-- # hash
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE INDEX "t_a_idx" ON t USING hash (a);
CREATE INDEX h2 ON t USING hash (b);

-- # gin classes
CREATE TABLE t (id int PRIMARY KEY, a jsonb, b jsonb, c int[], d text[], e tsvector);
CREATE INDEX ON t USING gin (a);
CREATE INDEX ON t USING gin (b jsonb_path_ops);
CREATE INDEX ON t USING gin (c);
CREATE INDEX ON t USING gin (d array_ops);
CREATE INDEX ON t USING gin (e);
CREATE INDEX ON t USING gin (a, d);

-- # gist classes
CREATE TABLE t (id int PRIMARY KEY, a inet, b point, c box, d int4range, e tsvector, f tsquery, g circle);
CREATE INDEX ON t USING gist (a inet_ops);
CREATE INDEX ON t USING gist (b);
CREATE INDEX ON t USING gist (c);
CREATE INDEX ON t USING gist (d);
CREATE INDEX ON t USING gist (e);
CREATE INDEX ON t USING gist (f);
CREATE INDEX ON t USING gist (g);

-- # spgist classes
CREATE TABLE t (id int PRIMARY KEY, a inet, b point, c text, d int4range, e box, f varchar(5));
CREATE INDEX ON t USING spgist (a);
CREATE INDEX ON t USING spgist (b);
CREATE INDEX k ON t USING spgist (b kd_point_ops);
CREATE INDEX ON t USING spgist (c);
CREATE INDEX ON t USING spgist (d);
CREATE INDEX ON t USING spgist (e);
CREATE INDEX ON t USING spgist (f);

-- # brin classes
CREATE TABLE t (id int PRIMARY KEY, a int, b bigint, c smallint, d text, e varchar(5), f char(3), g date, h timestamp, i timestamptz, j time, k timetz, l uuid, m numeric, n real, o float8, p inet, q bytea, r bit(3), s varbit, u oid, v interval, w macaddr);
CREATE INDEX ON t USING brin (a);
CREATE INDEX ON t USING brin (a int4_minmax_multi_ops, b int8_bloom_ops);
CREATE INDEX ON t USING brin (c, d, e, f);
CREATE INDEX ON t USING brin (g date_minmax_multi_ops);
CREATE INDEX ON t USING brin (h timestamp_bloom_ops);
CREATE INDEX ON t USING brin (i, j, k);
CREATE INDEX ON t USING brin (l uuid_minmax_multi_ops);
CREATE INDEX ON t USING brin (m numeric_bloom_ops, n, o float8_minmax_multi_ops);
CREATE INDEX ON t USING brin (p inet_bloom_ops);
CREATE INDEX i2 ON t USING brin (p inet_inclusion_ops);
CREATE INDEX ON t USING brin (q bytea_bloom_ops, r, s);
CREATE INDEX ON t USING brin (u oid_bloom_ops);
CREATE INDEX ON t USING brin (v);
CREATE INDEX ON t USING brin (w);

-- # brin storage
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 32);

-- # partial
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c bool, deleted_at timestamp);
CREATE INDEX p1 ON t (a) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX p2 ON t (b) WHERE deleted_at IS NULL;
CREATE INDEX p3 ON t (a) WHERE c;
CREATE INDEX p4 ON t (a) WHERE c = true;
CREATE INDEX p5 ON t (a) WHERE b = 'x' AND (a > 5 OR a < 0);
CREATE INDEX p6 ON t (a) WHERE b IN ('x', 'y');
CREATE INDEX p7 ON t (b DESC) WHERE NOT c;
CREATE UNIQUE INDEX p8 ON t (a, b) WHERE a IS NOT NULL;
CREATE INDEX p9 ON t USING hash (b) WHERE b LIKE 'x%';
CREATE INDEX p10 ON t USING gin (to_tsvector('english', b)) WHERE c;

-- # expression
CREATE TABLE t (id int PRIMARY KEY, a text, b int, c jsonb);
CREATE INDEX e1 ON t (lower(a));
CREATE INDEX e2 ON t (b, lower(a));
CREATE INDEX e3 ON t ((c->>'x'));
CREATE UNIQUE INDEX e4 ON t (upper(a));
CREATE INDEX e5 ON t ((b % 2));

-- # trgm
-- differs: the engine leaves out the parameters of an operator class
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id int PRIMARY KEY, a text, b varchar(20));
CREATE INDEX ON t USING gin (a gin_trgm_ops);
CREATE INDEX ON t USING gist (b gist_trgm_ops);
CREATE INDEX g3 ON t USING gist (a gist_trgm_ops(siglen=32));
CREATE INDEX g4 ON t USING gin (a gin_trgm_ops, b gin_trgm_ops);

-- # collations
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE "C", b text, c varchar(5) COLLATE "POSIX");
CREATE INDEX ON t (a);
CREATE INDEX ON t (b COLLATE "C");

-- # duplicates
CREATE TABLE t (id int PRIMARY KEY, a int, b int);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (a);
CREATE INDEX i3 ON t (a, b);
CREATE INDEX i4 ON t (b, a);
CREATE UNIQUE INDEX u1 ON t (a, b);
CREATE UNIQUE INDEX u2 ON t (a, b);

-- # on the key
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i1 ON t (id);
CREATE INDEX i2 ON t (id, a);
CREATE UNIQUE INDEX i3 ON t (id);
CREATE UNIQUE INDEX i4 ON t (id, a);

-- # same column twice
-- differs: the engine refuses its own schema
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i1 ON t (a, a);

-- # many columns
CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int, d int, e int, f int, g int, h int);
CREATE INDEX ON t (a, b, c, d, e, f, g, h);
CREATE UNIQUE INDEX ON t (h, g, f, e);

-- # on enums, lists, bools, unsupported
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (id int PRIMARY KEY, a e, b int[], c bool, d interval, f tsvector);
CREATE INDEX ON t (a);
CREATE INDEX ON t (b);
CREATE INDEX ON t (c);
CREATE INDEX ON t (d);
CREATE INDEX ON t USING gin (f);
CREATE UNIQUE INDEX ON t (a, c);

-- # prisma index names
CREATE TABLE "User" (id int, email text, "firstName" text, "lastName" text, CONSTRAINT "User_pkey" PRIMARY KEY (id));
CREATE UNIQUE INDEX "User_email_key" ON "User"(email);
CREATE INDEX "User_firstName_lastName_idx" ON "User"("firstName", "lastName");
CREATE UNIQUE INDEX "User_firstName_lastName_key" ON "User"("firstName", "lastName");
CREATE INDEX "User_email_idx" ON "User"(email DESC);

-- # invalid and clustered
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t (a);
CLUSTER t USING i;

-- # multi column gin with a btree class
-- differs: the engine leaves out the operator class, without which it refuses the index
CREATE EXTENSION btree_gin;
CREATE TABLE t (id int PRIMARY KEY, a int, b jsonb, c uuid);
CREATE INDEX ON t USING gin (a, b);
CREATE INDEX ON t USING gin (c);
