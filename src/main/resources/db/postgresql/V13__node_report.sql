-- What each node reports of itself. The defaults are for nodes of an earlier version, which do not write these columns.
ALTER TABLE veche_node
    ADD COLUMN version TEXT NOT NULL DEFAULT '',
    ADD COLUMN state TEXT NOT NULL DEFAULT 'running',
    ADD COLUMN figures JSONB NOT NULL DEFAULT '{}';
