-- The ranks of roles are multiples of 100, so that the ranks of grants, from 0 to 99, are lower.
UPDATE veche_ruling SET moderator_rank = moderator_rank * 100;

-- The highest rank with which each author has recently connected, where the room is empty, or entered a room.
ALTER TABLE veche_rank ADD COLUMN room TEXT NOT NULL DEFAULT '';
ALTER TABLE veche_rank DROP CONSTRAINT veche_rank_pkey;
ALTER TABLE veche_rank ADD PRIMARY KEY (author_id, room);
UPDATE veche_rank SET rank = rank * 100;
CREATE INDEX veche_rank_at ON veche_rank (at_ms);

-- Permission rules, one a row, with the three parts of a line in src/docs/permissions.md; the application writes them.
CREATE TABLE veche_rule (
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    terms TEXT NOT NULL,
    PRIMARY KEY (subject, name)
);
