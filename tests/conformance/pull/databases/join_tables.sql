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

-- # v5 form
CREATE TABLE "A" (id int PRIMARY KEY);
CREATE TABLE "B" (id text PRIMARY KEY);
CREATE TABLE "_AToB" ("A" int NOT NULL, "B" text NOT NULL);
CREATE UNIQUE INDEX "_AToB_AB_unique" ON "_AToB"("A", "B");
CREATE INDEX "_AToB_B_index" ON "_AToB"("B");
ALTER TABLE "_AToB" ADD CONSTRAINT "_AToB_A_fkey" FOREIGN KEY ("A") REFERENCES "A"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_AToB" ADD CONSTRAINT "_AToB_B_fkey" FOREIGN KEY ("B") REFERENCES "B"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- # v6 form
CREATE TABLE "A" (id int PRIMARY KEY);
CREATE TABLE "B" (id text PRIMARY KEY);
CREATE TABLE "_AToB" ("A" int NOT NULL, "B" text NOT NULL, CONSTRAINT "_AToB_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_AToB_B_index" ON "_AToB"("B");
ALTER TABLE "_AToB" ADD CONSTRAINT "_AToB_A_fkey" FOREIGN KEY ("A") REFERENCES "A"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_AToB" ADD CONSTRAINT "_AToB_B_fkey" FOREIGN KEY ("B") REFERENCES "B"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- # two of them and a key
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users);
CREATE TABLE "_likes" ("A" int NOT NULL, "B" int NOT NULL, CONSTRAINT "_likes_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_likes_B_index" ON "_likes"("B");
ALTER TABLE "_likes" ADD CONSTRAINT "_likes_A_fkey" FOREIGN KEY ("A") REFERENCES posts("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_likes" ADD CONSTRAINT "_likes_B_fkey" FOREIGN KEY ("B") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TABLE "_postsTousers" ("A" int NOT NULL, "B" int NOT NULL);
CREATE UNIQUE INDEX "_postsTousers_AB_unique" ON "_postsTousers"("A", "B");
CREATE INDEX "_postsTousers_B_index" ON "_postsTousers"("B");
ALTER TABLE "_postsTousers" ADD CONSTRAINT "_postsTousers_A_fkey" FOREIGN KEY ("A") REFERENCES posts("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_postsTousers" ADD CONSTRAINT "_postsTousers_B_fkey" FOREIGN KEY ("B") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- # self, two of them
CREATE TABLE users (id int PRIMARY KEY, boss int REFERENCES users);
CREATE TABLE "_follows" ("A" int NOT NULL, "B" int NOT NULL, CONSTRAINT "_follows_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_follows_B_index" ON "_follows"("B");
ALTER TABLE "_follows" ADD CONSTRAINT "_follows_A_fkey" FOREIGN KEY ("A") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_follows" ADD CONSTRAINT "_follows_B_fkey" FOREIGN KEY ("B") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE TABLE "_blocks" ("A" int NOT NULL, "B" int NOT NULL, CONSTRAINT "_blocks_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_blocks_B_index" ON "_blocks"("B");
ALTER TABLE "_blocks" ADD CONSTRAINT "_blocks_A_fkey" FOREIGN KEY ("A") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_blocks" ADD CONSTRAINT "_blocks_B_fkey" FOREIGN KEY ("B") REFERENCES users("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- # near: a serial id
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" (id serial PRIMARY KEY, "A" int NOT NULL REFERENCES a, "B" int NOT NULL REFERENCES b);

-- # near: other index names
-- differs: the engine takes it for a join table, whose indexes its next migration renames
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES b ON DELETE CASCADE ON UPDATE CASCADE);
CREATE UNIQUE INDEX "u" ON "_aTob"("A", "B");
CREATE INDEX "i" ON "_aTob"("B");

-- # near: no cascade
-- differs: the engine takes it for a join table, whose keys its next migration makes anew
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a, "B" int NOT NULL REFERENCES b);
CREATE UNIQUE INDEX "_aTob_AB_unique" ON "_aTob"("A", "B");
CREATE INDEX "_aTob_B_index" ON "_aTob"("B");

-- # near: small letters
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" (a int NOT NULL REFERENCES a, b int NOT NULL REFERENCES b, PRIMARY KEY (a, b));

-- # near: no underscore
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "aTob" ("A" int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES b ON DELETE CASCADE ON UPDATE CASCADE);
CREATE UNIQUE INDEX "aTob_AB_unique" ON "aTob"("A", "B");
CREATE INDEX "aTob_B_index" ON "aTob"("B");

-- # near: pkey B,A
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES b ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_aTob_AB_pkey" PRIMARY KEY ("B", "A"));
CREATE INDEX "_aTob_B_index" ON "_aTob"("B");

-- # near: no B index
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES b ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_aTob_AB_pkey" PRIMARY KEY ("A", "B"));

-- # near: extra index
-- differs: the engine takes it for a join table, whose index its next migration drops
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY);
CREATE TABLE "_aTob" ("A" int NOT NULL REFERENCES a ON DELETE CASCADE ON UPDATE CASCADE, "B" int NOT NULL REFERENCES b ON DELETE CASCADE ON UPDATE CASCADE, CONSTRAINT "_aTob_AB_pkey" PRIMARY KEY ("A", "B"));
CREATE INDEX "_aTob_B_index" ON "_aTob"("B");
CREATE INDEX "extra" ON "_aTob"("A");

-- # odd names in join tables
CREATE TABLE "my a" (id int PRIMARY KEY);
CREATE TABLE "my b" (id int PRIMARY KEY);
CREATE TABLE "_my rel" ("A" int NOT NULL, "B" int NOT NULL, CONSTRAINT "_my rel_AB_pkey" PRIMARY KEY ("A","B"));
CREATE INDEX "_my rel_B_index" ON "_my rel"("B");
ALTER TABLE "_my rel" ADD CONSTRAINT "_my rel_A_fkey" FOREIGN KEY ("A") REFERENCES "my a"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "_my rel" ADD CONSTRAINT "_my rel_B_fkey" FOREIGN KEY ("B") REFERENCES "my b"("id") ON DELETE CASCADE ON UPDATE CASCADE;
