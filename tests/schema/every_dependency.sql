-- One object of each sort that pg_depend knows, with one edge of each sort that leads from it.
CREATE EXTENSION btree_gist;
CREATE EXTENSION hstore;
CREATE SCHEMA house;

CREATE COLLATION house.german FROM "C";
CREATE TYPE house.mood AS ENUM ('sad', 'happy');
CREATE TYPE house.pair AS (a house.mood, b text COLLATE house.german);
CREATE FUNCTION house.less(a float8, b float8) RETURNS float8 IMMUTABLE LANGUAGE sql AS 'SELECT a - b';
CREATE TYPE house.span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = house.less);
CREATE TYPE house.letters AS RANGE (SUBTYPE = text, COLLATION = house.german);
CREATE TYPE house.moods AS RANGE (SUBTYPE = house.mood);
CREATE FUNCTION house.is_fine(n integer) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT n > 0';
CREATE FUNCTION house.one() RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN house.ground AS text COLLATE house.german;
CREATE DOMAIN house.positive AS integer DEFAULT house.one() CONSTRAINT fine CHECK (house.is_fine(VALUE));
CREATE DOMAIN house.upper AS house.positive;
CREATE DOMAIN house.many AS house.mood[];

CREATE SEQUENCE house.counter;
CREATE SEQUENCE house.given;
CREATE TABLE house.users (
    id       serial CONSTRAINT users_pkey PRIMARY KEY,
    number   integer GENERATED ALWAYS AS IDENTITY,
    counted  bigint DEFAULT nextval('house.counter'),
    age      integer DEFAULT house.one() CONSTRAINT users_age CHECK (house.is_fine(age)),
    doubled  integer GENERATED ALWAYS AS (age * house.one()) STORED,
    name     text COLLATE house.german,
    mood     house.mood DEFAULT 'sad',
    moods    house.mood[],
    pair     house.pair,
    years    house.positive,
    reach    house.span,
    tags     hstore,
    big      text,
    CONSTRAINT users_name UNIQUE (name),
    CONSTRAINT users_excl EXCLUDE USING gist (age WITH =)
);
ALTER SEQUENCE house.given OWNED BY house.users.age;
CREATE TABLE house.posts (
    id      integer PRIMARY KEY,
    author  integer CONSTRAINT posts_author REFERENCES house.users,
    whole   house.users
);
CREATE TABLE house.of_pair OF house.pair;
CREATE TABLE house.child (own integer) INHERITS (house.users);
CREATE INDEX users_age_i ON house.users (age, house.is_fine(age)) WHERE house.is_fine(id);
CREATE INDEX users_tags ON house.users USING gist (tags);
ALTER INDEX house.users_tags DEPENDS ON EXTENSION btree_gist;
CREATE STATISTICS house.both ON age, name FROM house.users;
CREATE STATISTICS house.expressed ON (house.is_fine(age)), name FROM house.users;

CREATE VIEW house.grown_ups AS SELECT id, age, mood FROM house.users WHERE house.is_fine(age);
ALTER VIEW house.grown_ups ALTER age SET DEFAULT house.one();
CREATE VIEW house.whole AS SELECT u AS row, (u).pair.a FROM house.users u;
CREATE VIEW house.grouped AS SELECT id, name, count(*) AS n FROM house.users GROUP BY id;
CREATE VIEW house.on_view AS SELECT mood::text COLLATE house.german AS mood FROM house.grown_ups;
CREATE MATERIALIZED VIEW house.ages AS SELECT age, count(*) AS n FROM house.users GROUP BY age;
CREATE UNIQUE INDEX ages_age ON house.ages (age);
CREATE RULE stay AS ON DELETE TO house.users WHERE house.is_fine(OLD.age) DO INSTEAD INSERT INTO house.posts VALUES (OLD.id);
CREATE RULE from_view AS ON INSERT TO house.grown_ups DO INSTEAD INSERT INTO house.users (age) VALUES (NEW.age);

CREATE FUNCTION house.of_row(house.users) RETURNS house.mood LANGUAGE sql AS 'SELECT $1.mood';
CREATE FUNCTION house.of_list(house.users[], n integer DEFAULT house.one()) RETURNS SETOF house.pair LANGUAGE sql AS 'SELECT NULL::house.pair';
CREATE FUNCTION house.bound() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT house.one() + count(*) FROM house.grown_ups WHERE age > 1; END;
CREATE PROCEDURE house.act(a house.positive) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION house.add(s integer, n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT s + n';
CREATE AGGREGATE house.total (integer) (SFUNC = house.add, STYPE = integer, INITCOND = '0');
CREATE FUNCTION house.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
ALTER FUNCTION house.touch() DEPENDS ON EXTENSION hstore;
CREATE TRIGGER touch BEFORE UPDATE OF name ON house.users FOR EACH ROW WHEN (house.is_fine(NEW.age)) EXECUTE FUNCTION house.touch();
ALTER TRIGGER touch ON house.users DEPENDS ON EXTENSION hstore;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON house.posts FROM house.users DEFERRABLE FOR EACH ROW EXECUTE FUNCTION house.touch();
CREATE FUNCTION house.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watching ON sql_drop EXECUTE FUNCTION house.watch();
ALTER EVENT TRIGGER watching DISABLE;
CREATE POLICY mine ON house.users USING (house.is_fine(age)) WITH CHECK (EXISTS (SELECT FROM house.posts WHERE author = users.id));

CREATE FUNCTION house.bucket(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 % 4';
CREATE TABLE house.events (id integer NOT NULL, at date NOT NULL, author integer REFERENCES house.users, CONSTRAINT events_pkey PRIMARY KEY (id, at))
    PARTITION BY RANGE (at);
CREATE TABLE house.events_2024 PARTITION OF house.events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE house.buckets (id integer) PARTITION BY LIST (house.bucket(id));
CREATE TABLE house.buckets_0 PARTITION OF house.buckets FOR VALUES IN (0);
CREATE INDEX events_i ON house.events (author);
CREATE TRIGGER touch AFTER INSERT ON house.events FOR EACH ROW EXECUTE FUNCTION house.touch();
CREATE TABLE house.refers (id integer, at date, FOREIGN KEY (id, at) REFERENCES house.events);

CREATE PUBLICATION news FOR TABLE house.posts (id) WHERE (id > 0);
CREATE PUBLICATION olds FOR TABLES IN SCHEMA house;
ALTER DEFAULT PRIVILEGES IN SCHEMA house GRANT SELECT ON TABLES TO pg_monitor;
GRANT SELECT ON house.users TO pg_monitor;
GRANT UPDATE (name) ON house.users TO pg_monitor;

-- What is not compared.
CREATE OPERATOR house.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE OPERATOR CLASS house.alike FOR TYPE integer USING hash AS OPERATOR 1 house.===, FUNCTION 1 hashint4(integer);
CREATE FUNCTION house.first_of(p house.pair) RETURNS house.mood IMMUTABLE LANGUAGE sql AS 'SELECT p.a';
CREATE CAST (house.pair AS house.mood) WITH FUNCTION house.first_of(house.pair);
CREATE CONVERSION house.from_latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TEXT SEARCH DICTIONARY house.plain (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION house.words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION house.words ALTER MAPPING FOR asciiword WITH house.plain;
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER wrapper;
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere;
