-- Where the webhook is: how far each stream has been delivered. The stream is the id of a room, or 0 for the moderation
-- actions. The position is -1 while the room has not been announced; a row that is absent means the same.
CREATE TABLE veche_webhook_cursor (
    stream BIGINT PRIMARY KEY,
    position BIGINT NOT NULL,
    until_position BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_ms BIGINT NOT NULL DEFAULT 0,
    reason TEXT
);

-- What could not be delivered.
CREATE TABLE veche_webhook_dead (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream BIGINT NOT NULL,
    position BIGINT NOT NULL,
    until_position BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    reason TEXT NOT NULL,
    retried BIGINT NOT NULL DEFAULT 0
);

-- The selection of events that the cursors belong to, and the node that delivers.
CREATE TABLE veche_webhook (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    rooms TEXT NOT NULL,
    messages BIGINT NOT NULL,
    holder TEXT NOT NULL DEFAULT '',
    held_until_ms BIGINT NOT NULL DEFAULT 0
);
