-- # numbers
CREATE TABLE t (id bigserial PRIMARY KEY, a smallint, b int, c bigint, d numeric, e numeric(10), f numeric(10,2), g real, h double precision, i money, j numeric(65,30), k oid, l decimal(5,0) NOT NULL, m float, n float(10));

-- # text
CREATE TABLE t (id text PRIMARY KEY, a char, b char(5), c varchar, d varchar(30), e text, f xml, g uuid, h inet);

-- # the one-byte "char"
-- differs: the engine writes @db.Char, which is another type
CREATE TABLE t (id serial PRIMARY KEY, a "char");

-- # moments
CREATE TABLE t (id serial PRIMARY KEY, a timestamp, b timestamp(0), c timestamp(3), d timestamp(6), e timestamptz, f timestamptz(3), g date, h time, i time(3), j timetz, k timetz(2));

-- # bits and bytes
CREATE TABLE t (id serial PRIMARY KEY, a bit, b bit(5), c varbit, d varbit(7), e bytea, f boolean);

-- # json
CREATE TABLE t (id serial PRIMARY KEY, a json, b jsonb, c jsonb NOT NULL, d jsonb[]);

-- # types that the language has no word for
CREATE TABLE t (id serial PRIMARY KEY, a name, b cidr, c macaddr, d point, e circle, f tsvector, g tsquery, h int4range, i regclass, j pg_lsn, k line, l path, m polygon, n box, o lseg, p interval, q tstzrange, r numrange, s daterange);

-- # intervals with fields
-- differs: the engine forgets the precision
CREATE TABLE t (id serial PRIMARY KEY, a interval(3));

-- # lists
CREATE TABLE t (id serial PRIMARY KEY, a int[], b text[] NOT NULL, c varchar(3)[], d timestamptz[], e int[][], f numeric(5,2)[], g uuid[], h bytea[], i boolean[], j date[], k jsonb[] NOT NULL);

-- # lists of types without a word
CREATE TABLE t (id serial PRIMARY KEY, a line[], b point[] NOT NULL);

-- # domains
-- differs: the engine writes the type below; a database made from that would have no domain
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id serial PRIMARY KEY, a positive, b positive NOT NULL DEFAULT 1);

-- # composite types
CREATE TYPE pair AS (a int, b text);
CREATE TABLE t (id serial PRIMARY KEY, a pair);

-- # citext
CREATE EXTENSION citext;
CREATE TABLE t (id serial PRIMARY KEY, a citext NOT NULL UNIQUE, b citext[]);

-- # hstore
CREATE EXTENSION hstore;
CREATE TABLE t (id serial PRIMARY KEY, a hstore);

-- # lists of enums
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id serial PRIMARY KEY, a mood, b mood[], c mood[] NOT NULL DEFAULT '{sad,ok}', d mood NOT NULL DEFAULT 'ok');
