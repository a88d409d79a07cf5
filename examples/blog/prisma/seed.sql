-- Something to look at. May be run again: what is there already is left alone.
INSERT INTO users (email, name, role)
VALUES ('ada@example.com', 'Ada', 'ADMIN'), ('grace@example.com', 'Grace', 'USER')
ON CONFLICT (email) DO NOTHING;

INSERT INTO categories (name) VALUES ('Engines'), ('Compilers') ON CONFLICT (name) DO NOTHING;

INSERT INTO posts (title, published, updated_at, author_id)
SELECT 'Notes on the analytical engine', true, now(), id
FROM users
WHERE email = 'ada@example.com' AND NOT EXISTS (SELECT FROM posts);
