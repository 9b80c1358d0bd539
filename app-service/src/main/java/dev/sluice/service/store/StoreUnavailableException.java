package dev.sluice.service.store;

import org.jspecify.annotations.Nullable;

/// The store cannot do this now: nothing was acknowledged, and trying again later may well succeed. For
/// clients: 503
/// with Retry-After.
public final class StoreUnavailableException extends RuntimeException {
    private final Reason reason;

    /// @param cause what the database said; null if it was not asked
    public StoreUnavailableException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// Returns why.
    public Reason reason() {
        return reason;
    }

    /// Why a store is unavailable.
    public enum Reason {
        /// No room on the disk, or the database may not grow.
        DISK_FULL,
        /// Another process holds the database beyond the busy timeout.
        LOCKED,
        /// The disk or the file failed: input/output, read-only, corrupt, cannot be opened.
        IO,
        /// More units wait than the queue takes.
        OVERLOADED,
        /// The database is closed or closing.
        CLOSED,
        /// A reading caller was interrupted while it waited.
        INTERRUPTED,
        /// The group's commit failed for another cause.
        COMMIT_FAILED
    }
}
