-- One row: the random id of this log.
CREATE TABLE veche_log (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL
);

-- Positions are given out under the room's row; it outlives its messages, so none is ever given twice.
CREATE TABLE veche_room (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first_position INTEGER NOT NULL DEFAULT 1,
    last_position INTEGER NOT NULL DEFAULT 0,
    last_at_ms INTEGER NOT NULL DEFAULT 0
);

-- The large columns come last: a row's head is read without its overflow pages.
CREATE TABLE veche_message (
    room INTEGER NOT NULL,
    position INTEGER NOT NULL,
    id BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    kind TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    target BLOB,
    idempotency_key TEXT,
    text TEXT,
    data BLOB,
    PRIMARY KEY (room, position)
);
CREATE UNIQUE INDEX veche_message_id ON veche_message (id);

-- Keys outlive the messages that retention takes. The sequence grows with time: what is old comes first.
CREATE TABLE veche_key (
    sequence INTEGER PRIMARY KEY,
    room INTEGER NOT NULL,
    author_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    id BLOB NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    UNIQUE (room, author_id, idempotency_key)
);
