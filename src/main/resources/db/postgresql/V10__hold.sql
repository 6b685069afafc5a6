-- What retention and erasure have removed of messages under a legal hold, until the hold ends. The hold itself is a
-- sanction with the action "hold"; an empty author or room stands for all.
CREATE TABLE veche_held (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room BIGINT NOT NULL,
    message UUID NOT NULL,
    position BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    name TEXT,
    data BYTEA,
    removed_ms BIGINT NOT NULL
);
