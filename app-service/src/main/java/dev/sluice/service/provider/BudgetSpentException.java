package dev.sluice.service.provider;

import java.time.Duration;

/// Thrown when an org has no call left for now; nothing was taken from its budget.
public final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    BudgetSpentException(int perMinute, Duration retryAfter) {
        super("This organisation's budget of " + perMinute + " calls a minute is used up.", null, false, false);
        this.retryAfter = retryAfter;
    }

    /// Returns the message, for clients.
    public String message() {
        return String.valueOf(getMessage());
    }

    /// Returns when the org has a call again, counted from when this was thrown.
    public Duration retryAfter() {
        return retryAfter;
    }
}
