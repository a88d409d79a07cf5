-- Adds only: release 1 goes on without noticing. A column without a default is added at once, however many rows there are.
ALTER TABLE "users" ADD COLUMN "first_name" TEXT, ADD COLUMN "last_name" TEXT;
ALTER TABLE "users" ALTER COLUMN "name" DROP NOT NULL;

-- Whichever side a release writes, the other follows.
CREATE FUNCTION "users_split_name"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.first_name IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.first_name IS DISTINCT FROM OLD.first_name
                                       OR NEW.last_name IS DISTINCT FROM OLD.last_name) THEN
        NEW.name := concat_ws(' ', NEW.first_name, NEW.last_name);
    ELSE
        NEW.first_name := split_part(NEW.name, ' ', 1);
        NEW.last_name := nullif(substr(NEW.name, length(NEW.first_name) + 2), '');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "users_split_name" BEFORE INSERT OR UPDATE ON "users"
    FOR EACH ROW EXECUTE FUNCTION "users_split_name"();

-- The rows that are there. A large table is better filled in portions, in a file that begins with
-- "cm-migrate: no-transaction".
UPDATE "users" SET "name" = "name";
