-- Another service's schema. Tables, types and indexes have the names that cases use.
CREATE SCHEMA neighbour AUTHORIZATION neighbour_owner;
COMMENT ON SCHEMA neighbour IS 'of another service';
GRANT USAGE ON SCHEMA neighbour TO neighbour_app, neighbour_reader;
SET ROLE neighbour_owner;
CREATE TYPE neighbour."Role" AS ENUM ('guest', 'host');
CREATE TYPE neighbour.role AS ENUM ('one', 'two', 'three');
CREATE TYPE neighbour."Mood" AS ENUM ('HAPPY', 'SAD', 'OTHER');
CREATE TYPE neighbour."Colour" AS ENUM ('red');
CREATE TYPE neighbour."UserRole" AS ENUM ('A');
CREATE TYPE neighbour.address AS (street text, number int);
CREATE TYPE neighbour.hours AS RANGE (subtype = time);
CREATE DOMAIN neighbour.email AS text COLLATE "C" CHECK (VALUE ~ '@');
CREATE SEQUENCE neighbour.users_id_seq START 1000;
CREATE TABLE neighbour.users (
    id bigint PRIMARY KEY DEFAULT nextval('neighbour.users_id_seq'),
    email neighbour.email NOT NULL UNIQUE,
    role neighbour."Role" NOT NULL DEFAULT 'guest',
    mood neighbour."Mood",
    lives neighbour.address,
    joined timestamptz NOT NULL DEFAULT '2020-02-03 04:05:06+00',
    initials text GENERATED ALWAYS AS (upper(left(email, 1))) STORED
);
ALTER SEQUENCE neighbour.users_id_seq OWNED BY neighbour.users.id;
CREATE TABLE neighbour."User" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE neighbour."Post" (id int PRIMARY KEY, "authorId" int REFERENCES neighbour."User" ON DELETE CASCADE);
CREATE TABLE neighbour.a (id int PRIMARY KEY, b numeric(8, 2) CHECK (b > 0));
CREATE TABLE neighbour.posts (
    id int PRIMARY KEY,
    author bigint NOT NULL CONSTRAINT posts_author_fkey REFERENCES neighbour.users DEFERRABLE INITIALLY DEFERRED,
    title varchar(80) NOT NULL,
    body text,
    open_at neighbour.hours
) WITH (fillfactor = 70);
CREATE INDEX posts_title_idx ON neighbour.posts (lower(title)) WHERE body IS NOT NULL;
CREATE UNIQUE INDEX "User_name_key" ON neighbour."User" (name);
CREATE TABLE neighbour.events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE neighbour.events_2020 PARTITION OF neighbour.events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE neighbour.special_posts (price money) INHERITS (neighbour.posts);
CREATE UNLOGGED TABLE neighbour.cache (key text PRIMARY KEY, value jsonb);
CREATE STATISTICS neighbour.together ON author, title FROM neighbour.posts;

INSERT INTO neighbour.users (email, mood, lives) VALUES
    ('ada@example.com', 'HAPPY', ROW('High Street', 1)), ('bob@example.com', NULL, NULL);
INSERT INTO neighbour."User" (name) VALUES ('Ada'), ('Bob');
INSERT INTO neighbour."Post" VALUES (1, 1), (2, 1), (3, NULL);
INSERT INTO neighbour.a VALUES (1, 2.50);
INSERT INTO neighbour.posts VALUES (1, 1000, 'First', 'text', '[09:00,17:00)'), (2, 1001, 'Second', NULL, NULL);
INSERT INTO neighbour.special_posts VALUES (3, 1000, 'Special', 'text', NULL, '3');
INSERT INTO neighbour.events VALUES ('2020-05-06', 'opened');
INSERT INTO neighbour.cache VALUES ('k', '{"large": 9007199254740993}');

COMMENT ON TABLE neighbour.users IS 'people of another service';
COMMENT ON COLUMN neighbour.users.email IS 'unique';
COMMENT ON TYPE neighbour."Role" IS 'not ours';
GRANT SELECT, INSERT ON neighbour.users TO neighbour_app WITH GRANT OPTION;
GRANT SELECT (title), UPDATE (title) ON neighbour.posts TO neighbour_reader;
GRANT USAGE ON TYPE neighbour."Role" TO neighbour_reader;
REVOKE USAGE ON TYPE neighbour."Mood" FROM PUBLIC;
RESET ROLE;
SELECT lo_from_bytea(4242, 'kept');
