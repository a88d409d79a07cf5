-- What a CREATE INDEX CONCURRENTLY that failed has left.
CREATE INDEX users_joined_idx ON neighbour.users (joined);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'neighbour.users_joined_idx'::regclass;
