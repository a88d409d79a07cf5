-- # two schemas
-- schemas: a b
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a.users (id serial PRIMARY KEY);
CREATE TABLE b.posts (id serial PRIMARY KEY, author int REFERENCES a.users);

-- # same names
-- differs: the engine gives two fields one name
-- schemas: a b
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.e AS ENUM ('x'); CREATE TYPE b.e AS ENUM ('y');
CREATE TABLE a.t (id serial PRIMARY KEY, e a.e DEFAULT 'x', f b.e);
CREATE TABLE b.t (id serial PRIMARY KEY, e b.e DEFAULT 'y', t int REFERENCES a.t, u int REFERENCES b.t);
CREATE INDEX i ON a.t (e); CREATE INDEX i ON b.t (e);

-- # join tables across
-- schemas: a b
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a.x (id int PRIMARY KEY);
CREATE TABLE b.y (id int PRIMARY KEY);
CREATE TABLE a."_xToy" ("A" int NOT NULL, "B" int NOT NULL, CONSTRAINT "_xToy_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_xToy_B_index" ON a."_xToy"("B");
ALTER TABLE a."_xToy" ADD CONSTRAINT "_xToy_A_fkey" FOREIGN KEY ("A") REFERENCES a.x("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE a."_xToy" ADD CONSTRAINT "_xToy_B_fkey" FOREIGN KEY ("B") REFERENCES b.y("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- # odd schema names
-- schemas: my-schema 1st Public
CREATE SCHEMA "my-schema"; CREATE SCHEMA "1st"; CREATE SCHEMA "Public";
CREATE TABLE "my-schema".t (id serial PRIMARY KEY);
CREATE TABLE "1st".t (id serial PRIMARY KEY);
CREATE TABLE "Public".t (id serial PRIMARY KEY);
CREATE TYPE "my-schema".e AS ENUM ('x'); CREATE TYPE "1st".e AS ENUM ('x');
CREATE TABLE "1st".u (id serial PRIMARY KEY, e "my-schema".e, f "1st".e);

-- # a schema that is not listed
-- differs: the engine asks for the other schema
-- schemas: a
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE b.o (id int PRIMARY KEY);
CREATE TYPE b.e AS ENUM ('x');
CREATE TABLE a.t (id int PRIMARY KEY, o int REFERENCES b.o, e b.e DEFAULT 'x');

-- # enum and model of one name across
-- schemas: a b
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TYPE a.thing AS ENUM ('x');
CREATE TABLE b.thing (id int PRIMARY KEY, t a.thing);

-- # reserved words in two schemas
-- schemas: a b
CREATE SCHEMA a; CREATE SCHEMA b;
CREATE TABLE a."return" (id int PRIMARY KEY);
CREATE TABLE b."return" (id int PRIMARY KEY, r int REFERENCES a."return");
