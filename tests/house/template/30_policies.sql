-- Who sees which rows.
SET ROLE neighbour_owner;
ALTER TABLE neighbour.posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON neighbour.posts FOR SELECT TO neighbour_app, neighbour_reader USING (author > 1000);
ALTER TABLE neighbour."Post" ENABLE ROW LEVEL SECURITY;
ALTER TABLE neighbour."Post" FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody ON neighbour."Post" AS RESTRICTIVE USING (false) WITH CHECK (false);
RESET ROLE;
