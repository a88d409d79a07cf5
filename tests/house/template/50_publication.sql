-- What another service sends on to its replicas.
SET client_min_messages = error;  -- that no replica can come now
CREATE PUBLICATION neighbour_news FOR TABLE neighbour.posts, neighbour.users WITH (publish = 'insert, update');
RESET client_min_messages;
