-- Revoked tokens and logins. Applications may add and delete rows. NULL applies to all; author_id or jti is set.
CREATE TABLE veche_revocation (
    number INTEGER PRIMARY KEY,
    author_id TEXT,
    jti TEXT,
    -- What was issued before this time, in milliseconds since 1970-01-01T00:00:00Z.
    before_ms INTEGER,
    -- The end of the revocation; NULL for none.
    until_ms INTEGER
);
