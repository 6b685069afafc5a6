-- The names that users with a verified identity have used recently, as keys that confusable names have in common.
CREATE TABLE veche_name (
    author_id TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- The latest use, in milliseconds since 1970-01-01T00:00:00Z.
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (author_id, name_key)
);
CREATE INDEX veche_name_at ON veche_name (at_ms);
