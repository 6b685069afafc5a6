-- One row: the random id of this log.
CREATE TABLE veche_log (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
);

-- Positions are given out under the room's row; it outlives its messages, so none is ever given twice.
-- The free space keeps the many updates of a row on its page.
CREATE TABLE veche_room (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first_position BIGINT NOT NULL DEFAULT 1,
    last_position BIGINT NOT NULL DEFAULT 0,
    last_at_ms BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE veche_message (
    room BIGINT NOT NULL,
    position BIGINT NOT NULL,
    id UUID NOT NULL,
    at_ms BIGINT NOT NULL,
    weight INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    target UUID,
    idempotency_key TEXT,
    text TEXT,
    data BYTEA,
    PRIMARY KEY (room, position)
);
CREATE UNIQUE INDEX veche_message_id ON veche_message (id);

-- Keys outlive the messages that retention takes.
CREATE TABLE veche_key (
    room BIGINT NOT NULL,
    author_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    id UUID NOT NULL,
    position BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (room, author_id, idempotency_key)
);
CREATE INDEX veche_key_at ON veche_key (at_ms);
