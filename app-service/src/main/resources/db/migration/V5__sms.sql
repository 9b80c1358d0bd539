-- Texts, the windows they gather in, and what was replied.

CREATE TABLE senders (
    id TEXT NOT NULL PRIMARY KEY,
    org TEXT NOT NULL,
    address TEXT NOT NULL,
    kind TEXT NOT NULL,
    region TEXT,
    -- null while replies may be sent
    opted_out_at INTEGER,
    -- an operator's: nothing is sent
    held INTEGER NOT NULL DEFAULT 0,
    -- instead of the settings; null follows them
    own_window_ms INTEGER,
    own_auto_reply INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (org, address)
);

CREATE TABLE windows (
    id TEXT NOT NULL PRIMARY KEY,
    sender_id TEXT NOT NULL,
    org TEXT NOT NULL,
    -- its place among the sender's windows
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    latest_at INTEGER NOT NULL,
    deadline_at INTEGER NOT NULL,
    length_ms INTEGER NOT NULL,
    own_rules INTEGER NOT NULL DEFAULT 0,
    items INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- stop, start or help: the text was such a word and came alone
    consent TEXT,
    settings_version INTEGER NOT NULL,
    closed_at INTEGER,
    close_reason TEXT,
    claimed_at INTEGER,
    claims INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    failure TEXT,
    -- set before the provider is asked: it is asked once, whatever happens
    asked_at INTEGER,
    label TEXT,
    method TEXT,
    why TEXT,
    provider TEXT,
    model TEXT,
    verdict_at INTEGER,
    outcome TEXT,
    outcome_reason TEXT,
    ended_at INTEGER,
    session_id TEXT,
    -- what an operator did last and what undoes it
    undo TEXT,
    undo_deadline_at INTEGER
);

CREATE UNIQUE INDEX windows_gathering ON windows (sender_id) WHERE state IN ('open', 'held');

CREATE INDEX windows_unfinished ON windows (id) WHERE state IN ('open', 'held', 'closed', 'claimed');

CREATE UNIQUE INDEX windows_of_sender ON windows (sender_id, number);

CREATE INDEX windows_outcome ON windows (outcome, ended_at) WHERE ended_at IS NOT NULL;

CREATE INDEX windows_ended ON windows (ended_at, id) WHERE ended_at IS NOT NULL;

CREATE TABLE texts (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL,
    guid TEXT NOT NULL,
    org TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    window_id TEXT NOT NULL,
    -- order of arrival within its window
    ordinal INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    -- what its place in the batch goes by
    said_at INTEGER NOT NULL,
    -- null once it was forgotten; the rest stays to know a repeated delivery by
    body TEXT,
    digest TEXT NOT NULL,
    -- the text that this one repeats, if it is not counted
    twin_of TEXT,
    -- deliveries of the same guid with another text
    conflicts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (account, guid)
);

CREATE INDEX texts_of_window ON texts (window_id);

CREATE INDEX texts_of_sender ON texts (sender_id, said_at);

CREATE INDEX texts_received ON texts (received_at);

CREATE TABLE replies (
    id TEXT NOT NULL PRIMARY KEY,
    org TEXT NOT NULL,
    sender_id TEXT NOT NULL,
    -- null if an operator wrote it
    window_id TEXT,
    kind TEXT NOT NULL,
    -- ready: not a byte was sent; intent: bytes may be on their way; then sent, refused, unknown, delivered,
    -- undelivered
    state TEXT NOT NULL,
    body TEXT,
    digest TEXT NOT NULL,
    segments INTEGER NOT NULL,
    sent_by TEXT NOT NULL,
    provider_id TEXT,
    reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    intent_at INTEGER NOT NULL,
    settled_at INTEGER
);

CREATE INDEX replies_of_sender ON replies (sender_id, intent_at);

CREATE UNIQUE INDEX replies_of_window ON replies (window_id) WHERE window_id IS NOT NULL;

CREATE INDEX replies_of_provider ON replies (provider_id) WHERE provider_id IS NOT NULL;

CREATE INDEX replies_unsettled ON replies (state) WHERE state IN ('ready', 'intent', 'unknown');

CREATE INDEX replies_intent ON replies (intent_at);

CREATE TABLE refused_texts (
    id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    org TEXT NOT NULL,
    account TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- masked
    sender TEXT,
    detail TEXT NOT NULL
);

CREATE INDEX refused_texts_newest ON refused_texts (at);

-- closed batches that other systems are still to be told of
CREATE TABLE batch_posts (
    window_id TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    failure TEXT
);

CREATE INDEX batch_posts_due ON batch_posts (due_at);
