-- # as Prisma 5 makes it
CREATE TABLE "Post" (id serial PRIMARY KEY);
CREATE TABLE "Tag" (id serial PRIMARY KEY);
CREATE TABLE "_PostToTag" ("A" int NOT NULL REFERENCES "Post" ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES "Tag" ON DELETE CASCADE ON UPDATE CASCADE);
CREATE UNIQUE INDEX "_PostToTag_AB_unique" ON "_PostToTag" ("A", "B");
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag" ("B");

-- # as Prisma 6 makes it
CREATE TABLE "Post" (id serial PRIMARY KEY);
CREATE TABLE "Tag" (id serial PRIMARY KEY);
CREATE TABLE "_PostToTag" ("A" int NOT NULL REFERENCES "Post" ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES "Tag" ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_PostToTag_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE INDEX "_PostToTag_B_index" ON "_PostToTag" ("B");

-- # with a name
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE posts (id serial PRIMARY KEY, author int REFERENCES users);
CREATE TABLE "_likes" ("A" int NOT NULL REFERENCES posts ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_likes_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE INDEX "_likes_B_index" ON "_likes" ("B");

-- # to itself
CREATE TABLE users (id uuid PRIMARY KEY);
CREATE TABLE "_follows" ("A" uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE, "B" uuid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_follows_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE INDEX "_follows_B_index" ON "_follows" ("B");

-- # with A and B the wrong way round
CREATE TABLE z (id serial PRIMARY KEY);
CREATE TABLE a (id text PRIMARY KEY);
CREATE TABLE "_zs" ("A" int NOT NULL REFERENCES z ON DELETE CASCADE ON UPDATE CASCADE, "B" text NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_zs_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE INDEX "_zs_B_index" ON "_zs" ("B");

-- # nearly one: no index, no key
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a, "B" int NOT NULL REFERENCES b);

-- # nearly one: a third column
CREATE TABLE a (id serial PRIMARY KEY);
CREATE TABLE b (id serial PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a, "B" int NOT NULL REFERENCES b, c int, PRIMARY KEY ("A", "B"));
