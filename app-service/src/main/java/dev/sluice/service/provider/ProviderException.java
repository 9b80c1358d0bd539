package dev.sluice.service.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Why there is no complete answer. The message may be shown to clients: it holds no key and no URL, and
/// what it quotes from the provider is short and free of control characters.
///
/// Immutable.
public final class ProviderException extends Exception {
    /// What went wrong, and on whose side.
    public enum Kind {
        /// Nothing answers to the name: no key, no base URL, or simulation is not allowed.
        NOT_CONFIGURED,
        /// 401 or 403: the provider refuses our credentials.
        UNAUTHORIZED,
        /// The account has nothing left to spend (402, or 429 with `insufficient_quota`).
        QUOTA,
        /// 429: too many requests.
        RATE_LIMITED,
        /// Any other 4xx.
        BAD_REQUEST,
        /// 5xx, or an error reported inside the stream that says nothing more precise.
        SERVER,
        /// No response in time, or the whole call took too long.
        TIMEOUT,
        /// No connection, or it was closed before any response.
        CONNECT,
        /// The answer began, then not a byte came for the watchdog's time.
        IDLE,
        /// The answer began and broke off.
        TRUNCATED,
        /// The answer cannot be understood or exceeds a limit.
        PROTOCOL,
        /// Our own pacer: too many requests wait already.
        QUEUE_FULL,
        /// Our own pacer: no slot in time.
        QUEUE_TIMEOUT
    }

    private final Kind kind;
    private final @Nullable Integer status;
    private final @Nullable Duration retryAfter;
    private final @Nullable Usage partialUsage;
    private final @Nullable String upstreamRequestId;

    /// Creates a failure that has only a kind and a message.
    public ProviderException(Kind kind, String message) {
        this(kind, message, null, null, null, null, null);
    }

    private ProviderException(
            Kind kind,
            String message,
            @Nullable Integer status,
            @Nullable Duration retryAfter,
            @Nullable Usage partialUsage,
            @Nullable String upstreamRequestId,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
        this.partialUsage = partialUsage;
        this.upstreamRequestId = upstreamRequestId;
    }

    /// Returns a copy that tells the HTTP status the provider answered with.
    public ProviderException withStatus(int httpStatus) {
        return new ProviderException(
                kind, message(), httpStatus, retryAfter, partialUsage, upstreamRequestId, getCause());
    }

    /// Returns a copy that tells when to try again.
    ///
    /// @param delay counted from now, not negative; null if the provider named none
    public ProviderException withRetryAfter(@Nullable Duration delay) {
        return new ProviderException(kind, message(), status, delay, partialUsage, upstreamRequestId, getCause());
    }

    /// Returns a copy that tells what the provider had counted until it failed; null if nothing.
    public ProviderException withPartialUsage(@Nullable Usage usage) {
        return new ProviderException(kind, message(), status, retryAfter, usage, upstreamRequestId, getCause());
    }

    /// Returns a copy that tells the provider's own id for the call; null if it gave none.
    public ProviderException withUpstreamRequestId(@Nullable String id) {
        return new ProviderException(kind, message(), status, retryAfter, partialUsage, id, getCause());
    }

    /// Returns a copy caused by `cause`, which is for logs only: its message is not safe for clients.
    public ProviderException withCause(Throwable cause) {
        return new ProviderException(kind, message(), status, retryAfter, partialUsage, upstreamRequestId, cause);
    }

    /// Returns what went wrong.
    public Kind kind() {
        return kind;
    }

    /// Returns the message, never null.
    public String message() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }

    /// Returns the HTTP status of the provider's answer; empty if there was none.
    public OptionalInt status() {
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /// Returns how long to wait before the next attempt, counted from when this was thrown.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// Returns what the provider had counted until it failed.
    public Optional<Usage> partialUsage() {
        return Optional.ofNullable(partialUsage);
    }

    /// Returns the provider's own id for the call, for its support.
    public Optional<String> upstreamRequestId() {
        return Optional.ofNullable(upstreamRequestId);
    }

    /// Tells whether the same call may well succeed a moment later: 429, 5xx, no response, no connection.
    public boolean transientFailure() {
        return switch (kind) {
            case SERVER, RATE_LIMITED, TIMEOUT, CONNECT -> true;
            case NOT_CONFIGURED,
                    UNAUTHORIZED,
                    QUOTA,
                    BAD_REQUEST,
                    IDLE,
                    TRUNCATED,
                    PROTOCOL,
                    QUEUE_FULL,
                    QUEUE_TIMEOUT -> false;
        };
    }

    /// Tells whether our own pacer refused the call: the provider never heard of it.
    public boolean ownQueue() {
        return kind == Kind.QUEUE_FULL || kind == Kind.QUEUE_TIMEOUT;
    }

    /// Tells whether others who ask the same may be given this failure: it says something about the
    /// provider, not about one credential, one request or our own queue.
    public boolean shareable() {
        return switch (kind) {
            case SERVER, RATE_LIMITED, TIMEOUT, CONNECT -> true;
            case NOT_CONFIGURED,
                    UNAUTHORIZED,
                    QUOTA,
                    BAD_REQUEST,
                    IDLE,
                    TRUNCATED,
                    PROTOCOL,
                    QUEUE_FULL,
                    QUEUE_TIMEOUT -> false;
        };
    }
}
