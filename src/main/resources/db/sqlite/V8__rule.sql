-- The ranks of roles are multiples of 100, so that the ranks of grants, from 0 to 99, are lower.
UPDATE veche_ruling SET moderator_rank = moderator_rank * 100;

-- The highest rank with which each author has recently connected, where the room is empty, or entered a room.
ALTER TABLE veche_rank RENAME TO veche_rank_v7;
CREATE TABLE veche_rank (
    author_id TEXT NOT NULL,
    room TEXT NOT NULL,
    rank INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (author_id, room)
);
INSERT INTO veche_rank (author_id, room, rank, at_ms) SELECT author_id, '', rank * 100, at_ms FROM veche_rank_v7;
DROP TABLE veche_rank_v7;
CREATE INDEX veche_rank_at ON veche_rank (at_ms);

-- Permission rules, one a row, with the three parts of a line in src/docs/permissions.md; the application writes them.
CREATE TABLE veche_rule (
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    terms TEXT NOT NULL,
    PRIMARY KEY (subject, name)
);
