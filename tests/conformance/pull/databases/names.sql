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

-- # reserved words as tables
CREATE TABLE "abstract" (id int PRIMARY KEY);
CREATE TABLE "await" (id int PRIMARY KEY);
CREATE TABLE "async" (id int PRIMARY KEY);
CREATE TABLE "boolean" (id int PRIMARY KEY);
CREATE TABLE "case" (id int PRIMARY KEY, "class" int);
CREATE TABLE "delete" (id int PRIMARY KEY);
CREATE TABLE "let" (id int PRIMARY KEY);
CREATE TABLE "new" (id int PRIMARY KEY);
CREATE TABLE "null" (id int PRIMARY KEY);
CREATE TABLE "public" (id int PRIMARY KEY);
CREATE TABLE "static" (id int PRIMARY KEY);
CREATE TABLE "true" (id int PRIMARY KEY);
CREATE TABLE "undefined" (id int PRIMARY KEY);
CREATE TABLE "using" (id int PRIMARY KEY);
CREATE TABLE "yield" (id int PRIMARY KEY);

-- # reserved in relations
CREATE TABLE "return" (id int PRIMARY KEY);
CREATE TABLE "function" (id int PRIMARY KEY, r int REFERENCES "return", r2 int REFERENCES "return");
CREATE TABLE x (id int PRIMARY KEY, f int REFERENCES "function");

-- # names of generated types
CREATE TABLE "PostUpdateInput" (id int PRIMARY KEY);
CREATE TABLE "Prisma" (id int PRIMARY KEY);
CREATE TABLE "Aggregate" (id int PRIMARY KEY);
CREATE TABLE "enum" (id int PRIMARY KEY, "model" int);
CREATE TABLE "generator" (id int PRIMARY KEY);
CREATE TABLE "view" (id int PRIMARY KEY);

-- # digits first in all places
CREATE TYPE "1e" AS ENUM ('1a', '2b');
CREATE TABLE "1t" (id int PRIMARY KEY, "2c" int, "3r" int REFERENCES "1t", e "1e" DEFAULT '2b');
CREATE UNIQUE INDEX "4i" ON "1t" ("2c");

-- # spaces
CREATE TABLE "my table" ("my id" int PRIMARY KEY, "a  b" int, " lead" int, "trail " int);
CREATE INDEX "my index" ON "my table" ("a  b", " lead");
CREATE TABLE "other table" (id int PRIMARY KEY, "my fk" int REFERENCES "my table");

-- # unicode
CREATE TABLE "Größe" (id int PRIMARY KEY, "naïve" int, "日本x" int, "émile" int UNIQUE);
CREATE TABLE "ref" (id int PRIMARY KEY, "größe_id" int REFERENCES "Größe");
CREATE TYPE "État" AS ENUM ('été', 'hiver');
CREATE TABLE u (id int PRIMARY KEY, e "État" DEFAULT 'été');

-- # case
CREATE TABLE "User" (id int PRIMARY KEY, "userName" text, "username" text, "USERNAME" text);
CREATE TABLE "user" (id int PRIMARY KEY, u int REFERENCES "User");
CREATE TABLE "USER" (id int PRIMARY KEY, a int REFERENCES "User", b int REFERENCES "user");

-- # model and enum clash
CREATE TYPE status AS ENUM ('a');
CREATE TYPE "_status" AS ENUM ('b');
CREATE TABLE t (id int PRIMARY KEY, a status, b _status);

-- # 63 bytes
CREATE TABLE t23456789012345678901234567890123456789012345678901234567890123 (id serial PRIMARY KEY, c23456789012345678901234567890123456789012345678901234567890123 int UNIQUE, d23456789012345678901234567890123456789012345678901234567890123 int REFERENCES t23456789012345678901234567890123456789012345678901234567890123);
CREATE INDEX ON t23456789012345678901234567890123456789012345678901234567890123 (c23456789012345678901234567890123456789012345678901234567890123, d23456789012345678901234567890123456789012345678901234567890123);

-- # long names as Prisma would give
CREATE TABLE "VeryLongModelNameForTestingTheLimitsOfIdentifiers" ("id" int, "anotherVeryLongFieldNameHere" int, CONSTRAINT "VeryLongModelNameForTestingTheLimitsOfIdentifiers_pkey" PRIMARY KEY ("id"));
CREATE INDEX "VeryLongModelNameForTestingTheLimitsOfIdentifiers_anotherVe_idx" ON "VeryLongModelNameForTestingTheLimitsOfIdentifiers" ("anotherVeryLongFieldNameHere");
CREATE UNIQUE INDEX "VeryLongModelNameForTestingTheLimitsOfIdentifiers_anotherVe_key" ON "VeryLongModelNameForTestingTheLimitsOfIdentifiers" ("anotherVeryLongFieldNameHere");
ALTER TABLE "VeryLongModelNameForTestingTheLimitsOfIdentifiers" ADD CONSTRAINT "VeryLongModelNameForTestingTheLimitsOfIdentifiers_anotherV_fkey" FOREIGN KEY ("anotherVeryLongFieldNameHere") REFERENCES "VeryLongModelNameForTestingTheLimitsOfIdentifiers";

-- # relation field clashes with a column
CREATE TABLE users (id int PRIMARY KEY, posts int);
CREATE TABLE posts (id int PRIMARY KEY, users int REFERENCES users);

-- # relation field clashes with a column 3
CREATE TABLE users (id int PRIMARY KEY, "posts" text);
CREATE TABLE posts (id int PRIMARY KEY, users text, a int REFERENCES users, b int REFERENCES users);

-- # id columns called odd
CREATE TABLE t ("ID" serial PRIMARY KEY, "Id" int UNIQUE, id int);

-- # dollar and punctuation
CREATE TABLE "a$b" (id int PRIMARY KEY, "x$y" int, "a.b" int, "c/d" int, "e:f" int, "g%h" int, "(i)" int, "j?" int, "@k" int, "#l" int);

-- # quotes everywhere
CREATE TABLE "say ""hi""" (id int PRIMARY KEY, "it's" int, "b\s" int);
CREATE INDEX "i'x" ON "say ""hi""" ("it's");
CREATE INDEX "i\x" ON "say ""hi""" ("b\s");

-- # index names with default look for renamed tables
CREATE TABLE "my-table" (id int, x int, CONSTRAINT "my-table_pkey" PRIMARY KEY (id));
CREATE INDEX "my-table_x_idx" ON "my-table" (x);
CREATE UNIQUE INDEX "my-table_x_key" ON "my-table" (x);
