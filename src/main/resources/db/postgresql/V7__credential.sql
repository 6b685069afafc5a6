-- The principals of WAMP logins; an entry is the JSON object of a principal in src/docs/credentials.md. The empty authid
-- stands for the key of the challenges to unknown principals.
CREATE TABLE veche_credential (
    authid TEXT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL
);
INSERT INTO veche_credential (authid, entry) VALUES ('', gen_random_uuid()::text || gen_random_uuid()::text);
