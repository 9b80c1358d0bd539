package dev.sluice.service.session;

import java.util.Locale;

/// How a session ended.
public enum Outcome {
    /// What was asked for was done.
    COMPLETED,
    /// It was not, and the log says why.
    FAILED,
    /// Somebody ended it.
    CANCELLED,
    /// The service died under it.
    INTERRUPTED;

    /// Returns the word used on the wire and in the store.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
