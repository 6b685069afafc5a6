-- The nodes that share this database; each renews its row, and removes those of nodes that no longer do.
CREATE TABLE veche_node (
    incarnation UUID PRIMARY KEY,
    name TEXT NOT NULL,
    started TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    seen TIMESTAMPTZ NOT NULL
);

-- Parcels from node to node, deleted by their receiver. They are worthless after a crash, so they are not logged.
CREATE UNLOGGED TABLE veche_mail (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target UUID NOT NULL,
    sender UUID NOT NULL,
    ordinal BIGINT NOT NULL,
    parcels BYTEA NOT NULL
);
CREATE INDEX veche_mail_target ON veche_mail (target);
