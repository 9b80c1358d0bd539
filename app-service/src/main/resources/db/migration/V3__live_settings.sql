-- Changes that last for a time only, and what was in force when the service ran last.

CREATE TABLE settings_reverts (
    name TEXT NOT NULL PRIMARY KEY,
    revert_at INTEGER NOT NULL,
    -- the operator's value to go back to; NULL for none
    revert_to TEXT
);

CREATE TABLE settings_in_force (
    name TEXT NOT NULL PRIMARY KEY,
    setting_value TEXT NOT NULL
);
