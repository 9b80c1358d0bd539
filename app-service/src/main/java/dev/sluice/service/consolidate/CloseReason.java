package dev.sluice.service.consolidate;

import java.util.Locale;

/// Why a window closed.
public enum CloseReason {
    /// Its deadline came.
    DEADLINE,
    /// It had as many items, or bytes, as fit.
    FULL,
    /// Its item was to be handled at once: the window's length is zero, or the item says so.
    AT_ONCE,
    /// An operator flushed it.
    FLUSHED;

    /// Returns the word used in the store and on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
