-- Messages that applications publish in their own transactions. A node moves them to their rooms and removes the rows.
-- The number is the order of the commits: it is drawn at the end of the transaction, under a lock that is held until
-- the transaction has ended, so that no row appears after one with a higher number.
CREATE SEQUENCE veche_outbox_number;
CREATE TABLE veche_outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room TEXT NOT NULL,
    author_id TEXT NOT NULL,
    author_name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'text',
    text TEXT,
    name TEXT,
    data BYTEA,
    target UUID,
    idempotency_key TEXT,
    number BIGINT,
    refused TEXT
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
ALTER SEQUENCE veche_outbox_number OWNED BY veche_outbox.number;
CREATE INDEX veche_outbox_ready ON veche_outbox (number) WHERE number IS NOT NULL AND refused IS NULL;

-- Its owner's rights suffice for an application that may only insert rows.
CREATE OR REPLACE FUNCTION veche_outbox_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT SET lock_timeout = '5s' AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1986356072, 3);
    UPDATE veche_outbox SET number = nextval('veche_outbox_number'), refused = NULL WHERE id = NEW.id;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER veche_outbox_order AFTER INSERT ON veche_outbox DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION veche_outbox_order();
