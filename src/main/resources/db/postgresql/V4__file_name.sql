-- The text of a file is its caption. A file without a name was sent by a client that knows none: its text is the name.
ALTER TABLE veche_message ADD COLUMN name TEXT;
ALTER TABLE veche_revision ADD COLUMN name TEXT;
