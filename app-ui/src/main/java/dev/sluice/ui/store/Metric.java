package dev.sluice.ui.store;

import dev.sluice.model.ops.OpsSnapshot;

/// A figure whose recent course is kept.
public enum Metric {
    /// Requests that started a flight.
    LEADERS,
    /// Requests that shared another's call.
    FOLLOWERS,
    /// Followers answered by a kept result.
    REUSED,
    /// Calls that sharing made unnecessary.
    CALLS_SAVED,
    /// Followers among leaders and followers.
    RATIO,
    /// Provider calls in the air.
    IN_FLIGHT,
    /// Windows that gather texts.
    OPEN_WINDOWS;

    /// Returns whether it only grows, so that its course is shown as a rate per second.
    public boolean counter() {
        return switch (this) {
            case LEADERS, FOLLOWERS, REUSED, CALLS_SAVED -> true;
            case RATIO, IN_FLIGHT, OPEN_WINDOWS -> false;
        };
    }

    /// Returns its value in a snapshot.
    public double of(OpsSnapshot snapshot) {
        var totals = snapshot.totals();
        return switch (this) {
            case LEADERS -> totals.leaders();
            case FOLLOWERS -> totals.followers();
            case REUSED -> totals.reused();
            case CALLS_SAVED -> totals.callsSaved();
            case RATIO -> totals.ratio();
            case IN_FLIGHT -> snapshot.load().inFlight();
            case OPEN_WINDOWS -> snapshot.sms().gathering();
        };
    }
}
