-- A message's row holds its present content alone; what an edit or a deletion replaced is kept here for the audit, for a
-- limited time.
CREATE TABLE veche_revision (
    sequence BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room BIGINT NOT NULL,
    message UUID NOT NULL,
    replaced_ms BIGINT NOT NULL,
    replaced_by UUID NOT NULL,
    text TEXT,
    data BYTEA
);
CREATE INDEX veche_revision_message ON veche_revision (message);
CREATE INDEX veche_revision_at ON veche_revision (replaced_ms);
CREATE INDEX veche_message_target ON veche_message (target) WHERE target IS NOT NULL;

-- The same for what was edited and deleted before.
INSERT INTO veche_revision (room, message, replaced_ms, replaced_by, text, data)
    SELECT m.room, m.id, c.at_ms, c.id, m.text, CASE c.kind WHEN 'delete' THEN m.data END
    FROM veche_message c JOIN veche_message m ON m.id = c.target AND m.room = c.room
    WHERE c.kind IN ('edit', 'delete');
UPDATE veche_message AS m SET text = (
        SELECT e.text FROM veche_message e
        WHERE e.target = m.id AND e.room = m.room AND e.kind = 'edit' ORDER BY e.position DESC LIMIT 1)
    WHERE EXISTS (SELECT 1 FROM veche_message e WHERE e.target = m.id AND e.room = m.room AND e.kind = 'edit');
UPDATE veche_message AS m SET text = NULL, data = NULL, weight = 256
    WHERE m.kind IN ('text', 'file') AND EXISTS (
        SELECT 1 FROM veche_message d WHERE d.target = m.id AND d.room = m.room AND d.kind = 'delete');
UPDATE veche_message AS e SET text = NULL, weight = 256
    WHERE e.kind = 'edit' AND EXISTS (
        SELECT 1 FROM veche_message l WHERE l.target = e.target AND l.room = e.room
        AND (l.kind = 'delete' OR l.kind = 'edit' AND l.position > e.position));
