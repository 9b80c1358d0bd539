-- What operators set, did and may do.

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    setting_value TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);

CREATE TABLE settings_version (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
);

INSERT INTO settings_version (id, version) VALUES (1, 0);

-- append-only and chained: hash covers prev_hash and the entry's own fields
CREATE TABLE ops_audit (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    state_before TEXT,
    state_after TEXT,
    reason TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE TRIGGER ops_audit_never_changes BEFORE UPDATE ON ops_audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER ops_audit_never_shrinks BEFORE DELETE ON ops_audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    org TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    revoked_at INTEGER
);

-- the writer touches it to take the write lock, and to ask a sick disk whether it is well again
CREATE TABLE store_probe (
    id INTEGER NOT NULL PRIMARY KEY,
    checked_at INTEGER NOT NULL
);

INSERT INTO store_probe (id, checked_at) VALUES (1, 0);
