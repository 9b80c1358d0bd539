package dev.sluice.ui.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When to try again: doubling from `first` to `most`, each delay drawn from its upper half so that consoles do not
/// come back together.
///
/// @param first the shortest delay
/// @param most the longest delay
/// @param steady how long a stream must have lived for the count of attempts to begin anew
/// @param random where the jitter comes from
public record ReconnectPolicy(Duration first, Duration most, Duration steady, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /// Returns the policy of the console.
    public static ReconnectPolicy standard(RandomGenerator random) {
        return new ReconnectPolicy(Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(10), random);
    }

    /// Returns how long to wait before the next try.
    ///
    /// @param attempt how many failed in a row, from 1
    public Duration delay(int attempt) {
        long doubled = first.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
        long whole = Math.min(doubled, most.toMillis());
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    /// Returns the number of the attempt that failed now.
    ///
    /// @param before the number of the one before, 0 if none failed yet
    /// @param lived how long the stream lived
    int next(int before, Duration lived) {
        return lived.compareTo(steady) >= 0 ? 1 : before + 1;
    }
}
