-- Each text that comes changes a page in every index of texts: two fewer.

-- when the first and the last of its texts were said, so that the index by sender and time finds them
ALTER TABLE windows ADD COLUMN first_said_at INTEGER NOT NULL DEFAULT 0;

ALTER TABLE windows ADD COLUMN last_said_at INTEGER NOT NULL DEFAULT 0;

UPDATE windows SET
    first_said_at = COALESCE((SELECT MIN(said_at) FROM texts WHERE window_id = windows.id), opened_at),
    last_said_at = COALESCE((SELECT MAX(said_at) FROM texts WHERE window_id = windows.id), opened_at);

DROP INDEX texts_of_window;

-- their ids begin with the time they came
DROP INDEX texts_received;
