-- # columns that are no identifiers
CREATE TABLE users (id serial PRIMARY KEY, "first name" text, "1st" int, _x int, "größe" int, "a-b" int, "Ünder" int);

-- # columns without letters
-- differs: the engine comments them out, so that the next migration would drop them; ours have names
CREATE TABLE t (id serial PRIMARY KEY, "123" int, "__" int, "日本" int);

-- # columns that become the same name
-- differs: the engine gives both the same name, and its schema is not valid
CREATE TABLE t (id serial PRIMARY KEY, "a-b" int, "a b" int, a_b int);

-- # tables that are no identifiers
CREATE TABLE "user-table" (id serial PRIMARY KEY);
CREATE TABLE "1table" (id serial PRIMARY KEY);
CREATE TABLE "Ein Tisch" (id serial PRIMARY KEY);

-- # a table without letters
-- differs: the engine writes a model without a name
CREATE TABLE "123" (id serial PRIMARY KEY);

-- # words that are reserved
CREATE TABLE "return" (id serial PRIMARY KEY, "default" int, "return" int);
CREATE TABLE "PrismaClient" (id serial PRIMARY KEY);
CREATE TABLE "class" (id serial PRIMARY KEY, r int REFERENCES "return" (id));

-- # a table with the name of a type
-- differs: the engine writes a model `String`, which is not valid
CREATE TABLE "String" (id serial PRIMARY KEY);

-- # tables with the words of the language
CREATE TABLE model (id serial PRIMARY KEY, model int, "type" text);
CREATE TABLE "type" (id serial PRIMARY KEY, "enum" int);
CREATE TABLE "datasource" (id serial PRIMARY KEY, "map" int, "id2" int);

-- # enums that are no identifiers
CREATE TYPE "my-enum" AS ENUM ('x-y', 'ok', '', 'a b');
CREATE TABLE t (id serial PRIMARY KEY, e "my-enum" DEFAULT 'x-y', f "my-enum" NOT NULL DEFAULT '');

-- # enum values without letters
-- differs: the engine comments them out, so that the next migration would drop them; ours have names
CREATE TYPE e AS ENUM ('1', '2x', '--', 'é');
CREATE TABLE t (id serial PRIMARY KEY, e e[] DEFAULT '{1,é}');

-- # an enum and a table of one name
CREATE TYPE "1t" AS ENUM ('x');
CREATE TABLE t (id serial PRIMARY KEY, e "1t");

-- # enum with a reserved name
CREATE TYPE "in" AS ENUM ('in', 'true', 'x');
CREATE TABLE t (id serial PRIMARY KEY, e "in" DEFAULT 'true');

-- # capitals decide
CREATE TABLE "User" (id serial PRIMARY KEY);
CREATE TABLE "user" (id serial PRIMARY KEY, "Id" int, "ID" int);

-- # long names
CREATE TABLE a_table_with_quite_a_long_name_that_nearly_fills_what_there_is_ (id serial PRIMARY KEY, a_column_with_quite_a_long_name_too int, another_column_with_quite_a_long_name int);
CREATE INDEX ON a_table_with_quite_a_long_name_that_nearly_fills_what_there_is_ (a_column_with_quite_a_long_name_too, another_column_with_quite_a_long_name);

-- # quotes and backslashes in names
CREATE TABLE "a""b" (id serial PRIMARY KEY, "x""y" int, "back\slash" int);
CREATE INDEX "in""dex" ON "a""b" ("x""y");
