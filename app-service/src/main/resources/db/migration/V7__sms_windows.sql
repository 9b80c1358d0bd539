-- A window keeps the rules it was opened under, whatever the settings are by now.

-- how far a text moves the deadline, and how long the window stays open at most; null if none moves it
ALTER TABLE windows ADD COLUMN slide_ms INTEGER;

ALTER TABLE windows ADD COLUMN cap_ms INTEGER;

-- whether what is to be undone was done to a held sender
ALTER TABLE windows ADD COLUMN undo_held INTEGER NOT NULL DEFAULT 0;

CREATE INDEX windows_quarantined ON windows (org) WHERE state = 'quarantined';

CREATE INDEX windows_undo ON windows (sender_id, number) WHERE undo IS NOT NULL;

CREATE INDEX texts_readable ON texts (received_at) WHERE body IS NOT NULL;

CREATE INDEX replies_readable ON replies (intent_at) WHERE body IS NOT NULL;

-- Who was forgotten and had said STOP: hashes of org and address, so that STOP outlives being forgotten.
CREATE TABLE stopped (
    digest TEXT NOT NULL PRIMARY KEY,
    opted_out_at INTEGER NOT NULL
);
