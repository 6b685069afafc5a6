-- What the nodes have committed, for the other nodes. A number is drawn under a lock that is held until the commit is
-- visible, so numbers are in commit order: a reader that has seen a number never misses a lower one.
CREATE TABLE veche_feed (
    number BIGINT PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    kind TEXT NOT NULL,
    rooms TEXT[] NOT NULL,
    firsts BIGINT[] NOT NULL,
    lasts BIGINT[] NOT NULL,
    weight BIGINT NOT NULL
);
CREATE SEQUENCE veche_feed_number OWNED BY veche_feed.number;
CREATE INDEX veche_feed_at ON veche_feed (at);
