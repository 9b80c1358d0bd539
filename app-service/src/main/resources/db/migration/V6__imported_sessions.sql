-- Imported sessions are kept from their import on, however long ago they ended.

ALTER TABLE sessions ADD COLUMN imported_at INTEGER;

UPDATE sessions SET imported_at = unixepoch() * 1000000 WHERE imported_from IS NOT NULL AND forget = 0;
