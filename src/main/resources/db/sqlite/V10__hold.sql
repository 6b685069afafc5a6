-- What retention and erasure have removed of messages under a legal hold, until the hold ends. The hold itself is a
-- sanction with the action "hold"; an empty author or room stands for all.
CREATE TABLE veche_held (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL,
    message BLOB NOT NULL,
    position INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    name TEXT,
    data BLOB,
    removed_ms INTEGER NOT NULL
);
