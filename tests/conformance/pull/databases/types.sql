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

-- # domains plain
-- differs: the engine stops at a domain over a domain, and gives a list of one the name of PostgreSQL's own list type
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN short AS varchar(20);
CREATE DOMAIN money2 AS numeric(10,2) DEFAULT 5;
CREATE DOMAIN req AS text NOT NULL;
CREATE DOMAIN list AS int[];
CREATE DOMAIN deep AS short;
CREATE TABLE t (id serial PRIMARY KEY, a positive, b positive NOT NULL DEFAULT 1, c short, d short DEFAULT 'x', e money2, f req, g list, h deep, i positive[], j short[] DEFAULT '{a}');

-- # domains over enums and odd types
CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN dm AS mood DEFAULT 'a';
CREATE DOMAIN dp AS point;
CREATE DOMAIN dt AS timestamp(3);
CREATE DOMAIN du AS uuid DEFAULT gen_random_uuid();
CREATE TABLE t (id du PRIMARY KEY, a dm, b dm NOT NULL DEFAULT 'b', c dp, d dt DEFAULT now(), e dt NOT NULL);

-- # domain keys and relations
CREATE DOMAIN key AS bigint;
CREATE TABLE a (id key PRIMARY KEY);
CREATE TABLE b (id key PRIMARY KEY, a_id key REFERENCES a, u key UNIQUE);
CREATE INDEX ON b (a_id);

-- # domain email citext
CREATE EXTENSION citext;
CREATE DOMAIN email AS citext CHECK (VALUE ~ '@');
CREATE TABLE u (id int PRIMARY KEY, mail email NOT NULL UNIQUE);

-- # numeric limits
-- differs: the engine takes a scale below zero for a large one
CREATE TABLE t (id int PRIMARY KEY, a numeric(1), b numeric(1000), c numeric(1000,999), d numeric(5,0), e numeric(65,30), f numeric(3,-2), g decimal, h dec(4,4));

-- # bit lengths
CREATE TABLE t (id int PRIMARY KEY, a bit(1), b bit(64), c bit varying(1), d bit varying, e bit[], f varbit(3)[]);

-- # moments all precisions
CREATE TABLE t (id int PRIMARY KEY, a0 timestamp(0), a1 timestamp(1), a2 timestamp(2), a3 timestamp(3), a4 timestamp(4), a5 timestamp(5), a6 timestamp(6), a timestamp, b0 timestamptz(0), b6 timestamptz(6), b timestamptz, c0 time(0), c3 time(3), c time, d0 timetz(0), d6 timetz(6), d timetz, e date);

-- # moments in lists
CREATE TABLE t (id int PRIMARY KEY, a timestamp(0)[], b timestamp(3)[], c timestamp(6)[], d timestamp[], e timestamptz(2)[], f time[], g time(3)[], h timetz[], i timetz(4)[], j date[]);

-- # every list
CREATE TABLE t (id int PRIMARY KEY, a smallint[], b bigint[], c oid[], d real[], e float8[], f numeric[], g numeric(4,1)[], h money[], i char(3)[], j varchar[], k varchar(7)[], l text[], m xml[], n inet[], o uuid[], p boolean[], q bytea[], r json[], s jsonb[], t bit(3)[], u varbit[]);

-- # range types of our own
CREATE TYPE fr AS RANGE (subtype = float8);
CREATE TABLE t (id int PRIMARY KEY, a fr, b fr[]);

-- # table as a type
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, a a, l a[]);

-- # uuid-ossp
CREATE EXTENSION "uuid-ossp";
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), b uuid NOT NULL DEFAULT uuid_generate_v1mc(), c uuid DEFAULT uuid_nil());

-- # pgcrypto
CREATE EXTENSION pgcrypto;
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), s text DEFAULT gen_salt('bf'));

-- # citext once more
CREATE EXTENSION citext;
CREATE TABLE t (id citext PRIMARY KEY, b citext DEFAULT 'x', c citext[] DEFAULT '{a,b}', d citext[] NOT NULL DEFAULT ARRAY[]::citext[]);
CREATE INDEX ON t (b);

-- # hstore once more
CREATE EXTENSION hstore;
CREATE TABLE t (id int PRIMARY KEY, a hstore DEFAULT '', b hstore NOT NULL DEFAULT 'a=>1', c hstore[]);
CREATE INDEX ON t USING gin (a);
CREATE INDEX ON t USING gist (b);

-- # ltree cube isn intarray
CREATE EXTENSION ltree;
CREATE EXTENSION cube;
CREATE EXTENSION isn;
CREATE TABLE t (id int PRIMARY KEY, a ltree, b lquery, c cube, d isbn, e ltree[]);
CREATE INDEX ON t USING gist (a);

-- # extension in its own schema
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE TABLE t (id int PRIMARY KEY, a ext.citext, b ext.hstore);

-- # btree_gin btree_gist
-- differs: the engine leaves out the operator class, without which it refuses the index
CREATE EXTENSION btree_gin;
CREATE EXTENSION btree_gist;
CREATE TABLE t (id int PRIMARY KEY, a int, b text, c timestamp);
CREATE INDEX i1 ON t USING gin (a, b);
CREATE INDEX i2 ON t USING gist (a, c);

-- # float precision
CREATE TABLE t (id int PRIMARY KEY, a float(1), b float(24), c float(25), d float(53), e real, f double precision);

-- # serial kinds
CREATE TABLE a (id smallserial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (x serial, y bigserial, z smallserial, id int PRIMARY KEY);

-- # serial null and unique
CREATE TABLE d (id serial UNIQUE, x serial);
ALTER TABLE d ALTER x DROP NOT NULL;

-- # identity options
CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
CREATE TABLE b (id bigint GENERATED BY DEFAULT AS IDENTITY (START 100 INCREMENT 5 MINVALUE 10 MAXVALUE 1000 CYCLE) PRIMARY KEY);
CREATE TABLE c (id smallint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME mine) PRIMARY KEY);

-- # sequences with own names
CREATE SEQUENCE s1;
CREATE SEQUENCE s2 AS int START 5 OWNED BY NONE;
CREATE SEQUENCE "Odd Seq";
CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('s1'), b int DEFAULT nextval('s2'), c bigint NOT NULL DEFAULT nextval('"Odd Seq"'), d text DEFAULT nextval('s1')::text, e int DEFAULT nextval('s1') * 2, f numeric DEFAULT nextval('s1'), g int DEFAULT currval('s1'));
ALTER SEQUENCE s1 OWNED BY t.id;

-- # sequence renamed column
CREATE TABLE t (id serial PRIMARY KEY, n serial);
ALTER TABLE t RENAME n TO m;
ALTER TABLE t RENAME TO u;

-- # sequence in other schema
CREATE SCHEMA seqs;
CREATE SEQUENCE seqs.one;
CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('seqs.one'), x bigint DEFAULT nextval('seqs.one'::regclass));

-- # shared sequence
CREATE SEQUENCE shared;
CREATE TABLE a (id bigint PRIMARY KEY DEFAULT nextval('shared'));
CREATE TABLE b (id bigint PRIMARY KEY DEFAULT nextval('shared'::regclass));

-- # sequence with text cast
CREATE SEQUENCE old;
CREATE TABLE a (id bigint PRIMARY KEY DEFAULT nextval('old'::text));

-- # owned sequence that is not the default
CREATE TABLE a (id serial PRIMARY KEY, n serial);
ALTER TABLE a ALTER n DROP DEFAULT;
ALTER TABLE a ALTER id SET DEFAULT 7;

-- # generated columns
CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED, c text, d text GENERATED ALWAYS AS (upper(c)) STORED, e tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(c, ''))) STORED, f boolean NOT NULL GENERATED ALWAYS AS (a > 5) STORED, g text GENERATED ALWAYS AS (c || '_x') STORED);
CREATE INDEX ON t USING gin (e);
CREATE UNIQUE INDEX ON t (d);

-- # generated key
CREATE TABLE t (a int, id int GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY);
