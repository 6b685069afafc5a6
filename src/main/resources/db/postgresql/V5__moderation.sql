-- The rank and the address of the moderator, banned addresses, and the interval of slow mode. An empty author stands for
-- an action on addresses or on a room as a whole.
ALTER TABLE veche_ruling ADD COLUMN moderator_rank INTEGER NOT NULL DEFAULT 0;
ALTER TABLE veche_ruling ADD COLUMN moderator_address TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_ruling ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_ruling ADD COLUMN interval_s BIGINT;

-- The key includes the banned addresses.
ALTER TABLE veche_sanction ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_sanction DROP CONSTRAINT veche_sanction_pkey;
ALTER TABLE veche_sanction ADD PRIMARY KEY (author_id, room, action, address);

-- The highest rank with which each moderator has connected recently.
CREATE TABLE veche_rank (
    author_id TEXT NOT NULL PRIMARY KEY,
    rank INTEGER NOT NULL,
    at_ms BIGINT NOT NULL
);
