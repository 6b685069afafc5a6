-- The rank and the address of the moderator, banned addresses, and the interval of slow mode. An empty author stands for
-- an action on addresses or on a room as a whole.
ALTER TABLE veche_ruling ADD COLUMN moderator_rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE veche_ruling ADD COLUMN moderator_address TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_ruling ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_ruling ADD COLUMN interval_s INTEGER;

-- The key includes the banned addresses.
ALTER TABLE veche_sanction RENAME TO veche_sanction_v4;
CREATE TABLE veche_sanction (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    action TEXT NOT NULL,
    address TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (author_id, room, action, address)
);
INSERT INTO veche_sanction (author_id, room, action, address, number)
    SELECT author_id, room, action, '', number FROM veche_sanction_v4;
DROP TABLE veche_sanction_v4;

-- The highest rank with which each moderator has connected recently.
CREATE TABLE veche_rank (
    author_id TEXT NOT NULL PRIMARY KEY,
    rank INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
);
