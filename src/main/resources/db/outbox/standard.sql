-- The outbox in a database that is neither the log's nor PostgreSQL; see src/docs/outbox.md. The types are those of
-- the SQL standard: where a database has no CLOB, BLOB or IDENTITY, its own types take their place. Veche reads the
-- rows in the order of their ids, and removes or marks them.
CREATE TABLE veche_outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room VARCHAR(64) NOT NULL,
    author_id VARCHAR(256) NOT NULL,
    author_name VARCHAR(64) NOT NULL,
    kind VARCHAR(16) DEFAULT 'text' NOT NULL,
    text CLOB,
    name VARCHAR(255),
    data BLOB,
    target VARCHAR(36),
    idempotency_key VARCHAR(255),
    refused VARCHAR(1000)
);
