-- Sessions: the life of each unit of work as a log, and what it is found by.

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    org TEXT NOT NULL,
    -- changes when the bytes behind an event's number may have: at a restart that found the log unfinished
    epoch TEXT NOT NULL,
    lives INTEGER NOT NULL DEFAULT 1,
    -- null while it runs
    outcome TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    last_seq INTEGER NOT NULL DEFAULT 0,
    event_bytes INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    user_id TEXT,
    thread_id TEXT,
    request_id TEXT,
    provider TEXT,
    model TEXT,
    simulated INTEGER NOT NULL DEFAULT 0,
    imported_from TEXT,
    -- 1: its events are to be removed and it is shown to nobody; 2: they are gone, the row is a tombstone
    forget INTEGER NOT NULL DEFAULT 0,
    forgotten_at INTEGER
);

CREATE INDEX sessions_newest ON sessions (created_at DESC, id DESC);

CREATE INDEX sessions_newest_of_org ON sessions (org, created_at DESC, id DESC);

CREATE INDEX sessions_running ON sessions (id) WHERE outcome IS NULL;

CREATE INDEX sessions_ended ON sessions (ended_at) WHERE forget = 0;

CREATE INDEX sessions_to_forget ON sessions (id) WHERE forget = 1;

CREATE INDEX sessions_tombstones ON sessions (forgotten_at) WHERE forget = 2;

CREATE INDEX sessions_thread ON sessions (thread_id) WHERE thread_id IS NOT NULL;

CREATE INDEX sessions_request ON sessions (request_id) WHERE request_id IS NOT NULL;

-- events in ready wire bytes, as many as one commit brought; `marks` tells their lengths and times
CREATE TABLE session_chunks (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    epoch TEXT NOT NULL,
    marks BLOB NOT NULL,
    frames BLOB NOT NULL,
    PRIMARY KEY (session_id, last_seq)
);
