-- What moderators did, all of it, in the order of its taking effect. An empty room stands for everywhere.
CREATE TABLE veche_ruling (
    number INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    moderator_id TEXT NOT NULL,
    moderator_name TEXT NOT NULL,
    action TEXT NOT NULL,
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    until_ms INTEGER,
    reason TEXT NOT NULL,
    target BLOB
);

-- The bans and mutes that nobody has lifted.
CREATE TABLE veche_sanction (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    action TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (author_id, room, action)
);

-- How far each author has read.
CREATE TABLE veche_read (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    epoch TEXT NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (author_id, room)
);
CREATE INDEX veche_read_at ON veche_read (at_ms);
