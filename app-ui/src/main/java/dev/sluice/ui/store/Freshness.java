package dev.sluice.ui.store;

import java.time.Duration;

/// Whether what is on screen may be believed. The service speaks at least once a second, so silence has a meaning.
public enum Freshness {
    /// Nothing was ever received.
    WAITING,
    /// The service spoke within the last three seconds.
    LIVE,
    /// The stream is open but silent for longer than it ever should be.
    LATE,
    /// The stream is gone: what is shown is history.
    LOST;

    /// Silence after which values are no longer called live.
    public static final Duration LATE_AFTER = Duration.ofSeconds(3);
    /// Silence after which the connection is given up and made anew.
    public static final Duration LOST_AFTER = Duration.ofSeconds(8);

    static Freshness of(OpsState state, Duration silence) {
        if (state.snapshot() == null) {
            return WAITING;
        }
        if (!(state.connection() instanceof Connection.Live) || silence.compareTo(LOST_AFTER) >= 0) {
            return LOST;
        }
        return silence.compareTo(LATE_AFTER) >= 0 ? LATE : LIVE;
    }
}
