package dev.sluice.service.session;

import java.time.Duration;
import java.time.Instant;

/// How fast a recorded log is shown again.
///
/// @param factor 1 is as recorded, 2 twice as fast; 0.25 to 16
/// @param maxIdle the longest pause that is shown, at any speed; zero or more
record Pace(double factor, Duration maxIdle) {
    static final double SLOWEST = 0.25;
    static final double FASTEST = 16;

    Pace {
        if (!(factor >= SLOWEST && factor <= FASTEST)) {
            throw new IllegalArgumentException("a pace is a number from 0.25 to 16");
        }
        if (maxIdle.isNegative()) {
            throw new IllegalArgumentException("a pause cannot be negative");
        }
    }

    /// Returns the pause between two events, in nanoseconds; none if the clock was set back between them.
    long pauseNanos(Instant before, Instant at) {
        double recorded = Math.max(0, Duration.between(before, at).toNanos());
        return (long) Math.min(recorded / factor, (double) maxIdle.toNanos());
    }
}
