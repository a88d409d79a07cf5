-- Takes away what only release 1 needed: nobody runs it any more.
DROP TRIGGER "users_split_name" ON "users";
DROP FUNCTION "users_split_name"();
ALTER TABLE "users" ALTER COLUMN "first_name" SET NOT NULL;
ALTER TABLE "users" DROP COLUMN "name";
