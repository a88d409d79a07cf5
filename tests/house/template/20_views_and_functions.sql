-- What others have built on their tables.
SET ROLE neighbour_owner;
CREATE VIEW neighbour.authors WITH (security_barrier) AS
    SELECT u.id, u.email, count(p.id) AS posts FROM neighbour.users u LEFT JOIN neighbour.posts p ON p.author = u.id GROUP BY u.id;
CREATE MATERIALIZED VIEW neighbour.titles AS SELECT title FROM neighbour.posts;
CREATE UNIQUE INDEX titles_key ON neighbour.titles (title);
CREATE FUNCTION neighbour.touch() RETURNS trigger LANGUAGE plpgsql SET search_path = neighbour AS $$
BEGIN
    NEW.title := trim(NEW.title);
    RETURN NEW;
END $$;
CREATE FUNCTION neighbour.posts_of(neighbour.users) RETURNS SETOF neighbour.posts LANGUAGE sql STABLE AS
    'SELECT p.* FROM neighbour.posts p WHERE p.author = $1.id';
CREATE PROCEDURE neighbour.forget(who bigint) LANGUAGE sql AS 'DELETE FROM neighbour.users WHERE id = who';
CREATE AGGREGATE neighbour.longest (text) (sfunc = textcat, stype = text, initcond = '');
CREATE FUNCTION neighbour.same_initial(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT left($1, 1) = left($2, 1)';
CREATE OPERATOR neighbour.~~~ (leftarg = text, rightarg = text, function = neighbour.same_initial);
CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON neighbour.posts FOR EACH ROW EXECUTE FUNCTION neighbour.touch();
CREATE TRIGGER asleep BEFORE INSERT ON neighbour.posts FOR EACH ROW EXECUTE FUNCTION neighbour.touch();
ALTER TABLE neighbour.posts DISABLE TRIGGER asleep;
CREATE RULE never AS ON DELETE TO neighbour.a DO INSTEAD NOTHING;
COMMENT ON FUNCTION neighbour.touch() IS 'trims';
REVOKE EXECUTE ON FUNCTION neighbour.posts_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION neighbour.posts_of TO neighbour_app;
GRANT SELECT ON neighbour.authors TO neighbour_reader;
RESET ROLE;
