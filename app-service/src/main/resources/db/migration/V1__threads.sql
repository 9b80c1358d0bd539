-- Threads, their messages, what was stored for which flight, and what the provider calls cost.
-- Instants are microseconds since 1970-01-01T00:00Z; flags are 0 or 1. Ids are the product's own.

CREATE TABLE threads (
    id TEXT NOT NULL PRIMARY KEY,
    org TEXT NOT NULL,
    user_id TEXT,
    title TEXT,
    description TEXT,
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);

CREATE INDEX threads_newest ON threads (org, pinned DESC, updated_at DESC, id DESC);

-- the unique constraint is also the index that the newest messages are read by, backwards
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    role TEXT NOT NULL,
    content TEXT NOT NULL,
    user_id TEXT,
    provider TEXT,
    model TEXT,
    scope TEXT NOT NULL,
    citations TEXT NOT NULL DEFAULT '[]',
    latency_ms REAL NOT NULL DEFAULT 0,
    request_id TEXT,
    flight_id TEXT,
    simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (thread_id, sequence)
);

-- one row per flight whose turn is stored: storing it again finds it here
CREATE TABLE turns (
    flight_id TEXT NOT NULL PRIMARY KEY,
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    user_message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    assistant_message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE
);

CREATE INDEX turns_thread ON turns (thread_id);

CREATE INDEX turns_user_message ON turns (user_message_id);

CREATE INDEX turns_assistant_message ON turns (assistant_message_id);

CREATE TABLE thread_audit (
    id TEXT NOT NULL PRIMARY KEY,
    org TEXT NOT NULL,
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    reason TEXT,
    scope TEXT NOT NULL,
    package_hash TEXT NOT NULL,
    response_hash TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    total_tokens INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE INDEX thread_audit_newest ON thread_audit (thread_id, created_at DESC, id DESC);

-- a row without messages is a claim: somebody asked, nothing is stored yet
CREATE TABLE idempotency (
    org TEXT NOT NULL,
    thread_id TEXT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    idempotency_key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    user_message_id TEXT,
    assistant_message_id TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (org, thread_id, idempotency_key)
);

CREATE INDEX idempotency_thread ON idempotency (thread_id);

CREATE INDEX idempotency_age ON idempotency (created_at);
