-- Records of migrations that are not of this schema: one has failed, one is unknown to any folder.
CREATE TABLE neighbour._migrations (
    id text PRIMARY KEY, checksum text NOT NULL, finished_at timestamptz, migration_name text NOT NULL, logs text,
    rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0
);
INSERT INTO neighbour._migrations VALUES
    ('1', 'c', NULL, '20200101000000_theirs', 'it failed', NULL, '2020-01-01 00:00:00+00', 0),
    ('2', 'c', '2020-01-01 00:00:00+00', '20200102000000_theirs', NULL, NULL, '2020-01-01 00:00:00+00', 1);
CREATE TABLE neighbour._prisma_migrations (LIKE neighbour._migrations INCLUDING ALL);
INSERT INTO neighbour._prisma_migrations SELECT * FROM neighbour._migrations;
