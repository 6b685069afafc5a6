-- Messages that applications publish in their own transactions. Veche moves them to their rooms and removes the rows.
-- One transaction writes at a time, so the ids are in the order of the commits.
CREATE TABLE veche_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'text',
    text TEXT,
    name TEXT,
    data BLOB,
    target TEXT,
    idempotency_key TEXT,
    number INTEGER GENERATED ALWAYS AS (id) VIRTUAL,
    refused TEXT
);
