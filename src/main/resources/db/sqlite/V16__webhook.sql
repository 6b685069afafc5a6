-- Where the webhook is: how far each stream has been delivered. The stream is the id of a room, or 0 for the moderation
-- actions. The position is -1 while the room has not been announced; a row that is absent means the same.
CREATE TABLE veche_webhook_cursor (
    stream INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    until_position INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT
);

-- What could not be delivered.
CREATE TABLE veche_webhook_dead (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    stream INTEGER NOT NULL,
    position INTEGER NOT NULL,
    until_position INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    retried INTEGER NOT NULL DEFAULT 0
);

-- The selection of events that the cursors belong to, and the node that delivers.
CREATE TABLE veche_webhook (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    rooms TEXT NOT NULL,
    messages INTEGER NOT NULL,
    holder TEXT NOT NULL DEFAULT '',
    held_until_ms INTEGER NOT NULL DEFAULT 0
);
