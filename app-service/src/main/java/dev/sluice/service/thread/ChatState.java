package dev.sluice.service.thread;

import java.util.Locale;

/// Where a chat flight is.
public enum ChatState {
    /// Waits for a provider slot.
    QUEUED,
    /// Waits for the provider's first text.
    CALLING,
    /// Text is coming.
    STREAMING,
    /// Answered.
    DONE,
    /// Failed or cancelled.
    FAILED;

    /// Returns the word used on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
