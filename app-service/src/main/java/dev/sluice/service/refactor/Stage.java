package dev.sluice.service.refactor;

import java.util.Locale;

/// How far a job is, in the words clients know. A pipeline reports only those that it performs.
public enum Stage {
    IDLE,
    INTAKE,
    PLANNING,
    AWAITING_PLAN_CONFIRMATION,
    TRANSFORMATION,
    AWAITING_VALIDATION_CONFIRMATION,
    VALIDATION,
    NARRATION,
    AWAITING_PUSH_CONFIRMATION,
    GIT_OPERATIONS,
    COMPLETE,
    /// Ended otherwise than well; the status says how.
    FAILED;

    /// Returns the word used on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
