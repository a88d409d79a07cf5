-- # one to many
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE posts (id serial PRIMARY KEY, author_id int NOT NULL REFERENCES users);

-- # one to one
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE profiles (id serial PRIMARY KEY, user_id int NOT NULL UNIQUE REFERENCES users);
CREATE TABLE settings (user_id int PRIMARY KEY REFERENCES users);

-- # actions
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b1 (id serial PRIMARY KEY, a int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE b2 (id serial PRIMARY KEY, a int REFERENCES a ON DELETE SET NULL ON UPDATE CASCADE);
CREATE TABLE b3 (id serial PRIMARY KEY, a int NOT NULL REFERENCES a ON DELETE RESTRICT ON UPDATE RESTRICT);
CREATE TABLE b4 (id serial PRIMARY KEY, a int DEFAULT 1 REFERENCES a ON DELETE SET DEFAULT ON UPDATE SET NULL);
CREATE TABLE b5 (id serial PRIMARY KEY, a int REFERENCES a ON DELETE RESTRICT ON UPDATE SET DEFAULT);

-- # several between two tables
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE posts (id serial PRIMARY KEY, author_id int REFERENCES users, editor_id int NOT NULL REFERENCES users);

-- # there and back
CREATE TABLE a (id serial PRIMARY KEY, b int);
CREATE TABLE b (id serial PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;

-- # to itself
CREATE TABLE t (id serial PRIMARY KEY, parent_id int REFERENCES t);
CREATE TABLE u (id serial PRIMARY KEY, a int REFERENCES u, b int UNIQUE REFERENCES u);

-- # several columns
CREATE TABLE a (x int, y int, z text, PRIMARY KEY (x, y), UNIQUE (y, z));
CREATE TABLE b (id serial PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES a);
CREATE TABLE c (id serial PRIMARY KEY, y int NOT NULL, z text NOT NULL, CONSTRAINT mine FOREIGN KEY (y, z) REFERENCES a (y, z) ON UPDATE CASCADE);

-- # some columns required, some not
CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (id serial PRIMARY KEY, x int NOT NULL, y int, FOREIGN KEY (x, y) REFERENCES a ON DELETE RESTRICT ON UPDATE CASCADE);

-- # unique in another order
-- differs: the engine calls it one-to-one, and then refuses its own schema
CREATE TABLE a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE b (id serial PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES a, UNIQUE (y, x));

-- # to a unique column
CREATE TABLE a (id serial PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE b (id serial PRIMARY KEY, a_code text REFERENCES a (code));

-- # a link table with a key of two
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY);
CREATE TABLE a_b (a_id int REFERENCES a, b_id int REFERENCES b, PRIMARY KEY (a_id, b_id));

-- # names with dashes
CREATE TABLE "user-x" (id serial PRIMARY KEY);
CREATE TABLE "post-x" (id serial PRIMARY KEY, "user-id" int REFERENCES "user-x", "editor-id" int REFERENCES "user-x");

-- # two keys of the same columns
-- differs: the engine forgets one of them, and its next migration drops it
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY, a int REFERENCES a, CONSTRAINT other FOREIGN KEY (a) REFERENCES a ON DELETE CASCADE);

-- # a column has the name of the relation
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY, a int REFERENCES a);

-- # deferrable keys
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY, x int REFERENCES a DEFERRABLE INITIALLY DEFERRED, y int UNIQUE DEFERRABLE);
