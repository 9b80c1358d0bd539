package dev.sluice.service.refactor;

import java.util.Locale;

/// What a job is doing.
public enum Status {
    /// Accepted, not begun.
    PENDING,
    RUNNING,
    /// Waits for a person's confirmation.
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED;

    /// Returns the word used on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
