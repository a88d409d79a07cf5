-- What the definitions in definitions.txt are about.
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok', 'Happy it''s');
CREATE DOMAIN app.word AS varchar(20);
CREATE DOMAIN app.label AS text;
CREATE DOMAIN app.numbers AS numeric[];
CREATE TYPE app.pair AS (x integer, y text);
CREATE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION app.many(VARIADIC n integer[]) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n[1]';
CREATE FUNCTION app.with_default(a integer, b integer DEFAULT 5) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE FUNCTION app.rows_of() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''::text';
CREATE FUNCTION app.tg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION app.add(a numeric, b numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE OPERATOR app.|+| (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = app.add);
CREATE SEQUENCE app.s;
CREATE SEQUENCE app."Odd seq";
CREATE TABLE app.t (id integer PRIMARY KEY, n integer, b bigint, sm smallint, num numeric(10,2), r real, d double precision,
    txt text, vc varchar(20), vcn varchar, ch char(3), c1 "char", nm name, flag boolean, day date, ts timestamp, ts3 timestamp(3), tz timestamptz, tm time, iv interval,
    ivh interval hour, mood app.mood, moods app.mood[], word app.word, label app.label, numbers app.numbers, pair app.pair, u uuid, j json, jb jsonb, bin bytea, bits bit(4), vb varbit(8), ints integer[],
    bigs bigint[], texts text[], vcs varchar(10)[], nums numeric[], ip inet, x xml, money money, rng int4range, tsv tsvector, p point, "Odd col" integer, "select" text, oid_ oid);
CREATE TABLE app.u (id integer PRIMARY KEY, t_id integer REFERENCES app.t, name varchar(30), kind varchar, amount numeric, parent integer, at timestamptz);
CREATE TABLE app."Odd Table" (id integer, "a b" text, "É" text);
