-- The names that clients of a node have claimed, such as WAMP procedures; those of a node end with it.
CREATE SEQUENCE veche_claim_number;
CREATE TABLE veche_claim (
    name TEXT NOT NULL,
    node UUID NOT NULL REFERENCES veche_node (incarnation) ON DELETE CASCADE,
    holder BIGINT NOT NULL,
    mode TEXT NOT NULL,
    exclusive BOOLEAN NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (name, node, holder)
);
CREATE INDEX veche_claim_node ON veche_claim (node);
ALTER SEQUENCE veche_claim_number OWNED BY veche_claim.number;
