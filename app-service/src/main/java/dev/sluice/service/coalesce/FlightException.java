package dev.sluice.service.coalesce;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a flight failed: thrown to each of its listeners.
///
/// The same instance reaches them all, so it is immutable and carries no stack trace of its own; the cause
/// does.
public final class FlightException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// The kinds of failure.
    public enum Kind {
        /// The work failed; the cause says how.
        FAILED,
        /// The work never began: what it needed first was not to be had in its time. Says nothing about the
        /// question, so those who came later may try once more ([Coalescer#reelect]).
        NOT_BEGUN,
        /// Nobody listened any more.
        CANCELLED,
        /// The transcript outgrew its limit.
        TOO_LARGE,
        /// All transcripts together did.
        OVERLOADED,
        /// The service, or an operator, stops calls.
        STOPPED
    }

    private final String message;
    private final Kind kind;
    private final boolean shareable;
    private final @Nullable Duration retryAfter;

    /// @param message for clients: no secret, no internals
    /// @param shareable whether callers that come within the error time to live may be given this failure
    ///     too
    /// @param retryAfter when a new attempt makes sense, from now; null if unknown
    public FlightException(
            Kind kind, String message, boolean shareable, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.message = message;
        this.kind = kind;
        this.shareable = shareable;
        this.retryAfter = retryAfter;
    }

    /// Returns the message, for clients.
    public String message() {
        return message;
    }

    public Kind kind() {
        return kind;
    }

    public boolean shareable() {
        return shareable;
    }

    /// Returns when a new attempt makes sense, counted from the end of the flight.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
