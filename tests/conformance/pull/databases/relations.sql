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

-- # actions matrix
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, a int NOT NULL REFERENCES p ON DELETE NO ACTION ON UPDATE NO ACTION, b int NOT NULL REFERENCES p ON DELETE CASCADE ON UPDATE NO ACTION, c int NOT NULL REFERENCES p ON DELETE RESTRICT ON UPDATE CASCADE, d int NOT NULL REFERENCES p ON DELETE SET NULL ON UPDATE SET NULL, e int NOT NULL DEFAULT 1 REFERENCES p ON DELETE SET DEFAULT ON UPDATE SET DEFAULT);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES p ON DELETE NO ACTION ON UPDATE NO ACTION, b int REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE, c int REFERENCES p ON DELETE RESTRICT ON UPDATE RESTRICT, d int REFERENCES p ON DELETE SET NULL ON UPDATE CASCADE, e int REFERENCES p ON DELETE SET DEFAULT ON UPDATE SET DEFAULT);

-- # default prisma actions
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, p_id int NOT NULL, CONSTRAINT "a_p_id_fkey" FOREIGN KEY (p_id) REFERENCES p(id) ON DELETE RESTRICT ON UPDATE CASCADE);
CREATE TABLE b (id int PRIMARY KEY, p_id int, CONSTRAINT "b_p_id_fkey" FOREIGN KEY (p_id) REFERENCES p(id) ON DELETE SET NULL ON UPDATE CASCADE);

-- # one to one in all ways
-- differs: the engine takes included columns for columns of the index
CREATE TABLE u (id int PRIMARY KEY);
CREATE TABLE a (u_id int PRIMARY KEY REFERENCES u);
CREATE TABLE b (id int PRIMARY KEY, u_id int UNIQUE REFERENCES u);
CREATE TABLE c (id int PRIMARY KEY, u_id int NOT NULL REFERENCES u);
CREATE UNIQUE INDEX c1 ON c (u_id);
CREATE TABLE d (id int PRIMARY KEY, u_id int NOT NULL REFERENCES u);
CREATE UNIQUE INDEX d1 ON d (u_id) WHERE id > 5;
CREATE TABLE e (id int PRIMARY KEY, u_id int NOT NULL REFERENCES u, x int, UNIQUE (u_id, x));
CREATE TABLE f (id int PRIMARY KEY, u_id int NOT NULL REFERENCES u UNIQUE NULLS NOT DISTINCT);
CREATE TABLE g (id int PRIMARY KEY, u_id int NOT NULL REFERENCES u);
CREATE UNIQUE INDEX g1 ON g (u_id) INCLUDE (id);

-- # composite partly null
CREATE TABLE u (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE v (id int PRIMARY KEY, a int NOT NULL, b int, FOREIGN KEY (a, b) REFERENCES u);
CREATE TABLE w (id int PRIMARY KEY, a int, b int, FOREIGN KEY (a, b) REFERENCES u ON DELETE SET NULL ON UPDATE CASCADE);
CREATE TABLE x (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, FOREIGN KEY (a, b) REFERENCES u MATCH FULL);
CREATE TABLE y (id int PRIMARY KEY, a int NOT NULL, b int, FOREIGN KEY (a, b) REFERENCES u ON DELETE SET NULL (b));

-- # to unique
CREATE TABLE u (id int PRIMARY KEY, code text UNIQUE, a int, b int, UNIQUE (a, b));
CREATE TABLE v (id int PRIMARY KEY, code text REFERENCES u (code), a int, b int, FOREIGN KEY (b, a) REFERENCES u (b, a));

-- # to unique index
CREATE TABLE u (id int PRIMARY KEY, code text NOT NULL);
CREATE UNIQUE INDEX odd ON u (code);
CREATE TABLE v (id int PRIMARY KEY, code text REFERENCES u (code));

-- # three between two
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users, editor int REFERENCES users, reviewer int NOT NULL REFERENCES users);

-- # overlapping keys
CREATE TABLE t (tenant int, id int, PRIMARY KEY (tenant, id));
CREATE TABLE u (tenant int, id int, t1 int, t2 int, PRIMARY KEY (tenant, id), FOREIGN KEY (tenant, t1) REFERENCES t, FOREIGN KEY (tenant, t2) REFERENCES t);

-- # self relations
CREATE TABLE a (id int PRIMARY KEY, p int REFERENCES a);
CREATE TABLE b (id int PRIMARY KEY, p int REFERENCES b, q int REFERENCES b);
CREATE TABLE c (id int PRIMARY KEY REFERENCES c);
CREATE TABLE d (id int PRIMARY KEY, p int NOT NULL UNIQUE REFERENCES d);
CREATE TABLE e (a int, b int, pa int, pb int, PRIMARY KEY (a, b), FOREIGN KEY (pa, pb) REFERENCES e);
CREATE TABLE f (a int, b int, c int, PRIMARY KEY (a, b), FOREIGN KEY (a, c) REFERENCES f);

-- # cycles
CREATE TABLE a (id int PRIMARY KEY, b_id int);
CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b;
CREATE TABLE x (id int PRIMARY KEY, y_id int UNIQUE);
CREATE TABLE y (id int PRIMARY KEY, x_id int UNIQUE REFERENCES x);
ALTER TABLE x ADD CONSTRAINT odd FOREIGN KEY (y_id) REFERENCES y;

-- # names of keys
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, p_id int CONSTRAINT odd REFERENCES p, q_id int CONSTRAINT "a_q_id_fkey" REFERENCES p, r_id int CONSTRAINT "Fk One" REFERENCES p);

-- # not valid and deferrable
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, x int, y int REFERENCES p DEFERRABLE, z int REFERENCES p DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES p NOT VALID;

-- # two keys on one column to two tables
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE q (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, x int REFERENCES p);
ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES q;

-- # snake case names
CREATE TABLE user_accounts (user_account_id serial PRIMARY KEY);
CREATE TABLE blog_posts (blog_post_id serial PRIMARY KEY, user_account_id int REFERENCES user_accounts, last_editor_id int REFERENCES user_accounts);
CREATE TABLE post_comments (id serial PRIMARY KEY, blog_post_id int NOT NULL REFERENCES blog_posts ON DELETE CASCADE, user_account_id int REFERENCES user_accounts ON DELETE SET NULL);

-- # prisma names
CREATE TABLE "User" ("id" serial NOT NULL, "managerId" int, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
CREATE TABLE "Post" ("id" serial NOT NULL, "authorId" int NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "User" ADD CONSTRAINT "User_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- # relation to a table without a key
CREATE TABLE a (id int UNIQUE);
CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id), b_id int REFERENCES b);

-- # from a table without a key
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE log (a_id int REFERENCES a, at timestamp);
CREATE TABLE log2 (a_id int NOT NULL UNIQUE REFERENCES a);

-- # key on a list or odd type
CREATE TABLE a (id interval PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, a_id interval REFERENCES a);

-- # relation over enum and text types
CREATE TYPE e AS ENUM ('x');
CREATE TABLE a (id e PRIMARY KEY, n varchar(5) UNIQUE);
CREATE TABLE b (id int PRIMARY KEY, a_id e REFERENCES a, n text REFERENCES a (n));

-- # relation names with odd columns
CREATE TABLE "my users" ("the id" int PRIMARY KEY);
CREATE TABLE "my posts" (id int PRIMARY KEY, "author id" int REFERENCES "my users", "1st" int REFERENCES "my users", "größe" int REFERENCES "my users");

-- # table names as prefix
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE a_b (id int PRIMARY KEY, a int REFERENCES a, a_b int REFERENCES a_b);
CREATE TABLE a_b_c (id int PRIMARY KEY, a_b int REFERENCES a_b, a int REFERENCES a);

-- # columns named as other table
CREATE TABLE customers (id int PRIMARY KEY, orders int);
CREATE TABLE orders (id int PRIMARY KEY, customers int NOT NULL REFERENCES customers, customer int REFERENCES customers);

-- # generated column in a key
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE a (id int PRIMARY KEY, b int, c int GENERATED ALWAYS AS (b) STORED REFERENCES p);
