package dev.sluice.service.provider;

import java.time.Duration;

/// How hard one provider may be driven.
///
/// @param requestsPerSecond the steady rate, over 0 and at most 10 000
/// @param burst calls allowed at once after a pause, 1 to 100 000
/// @param concurrency calls in the air at once, 1 to 100 000
/// @param queueTimeout the longest wait for a slot; zero means never wait
/// @param maxQueued callers that may wait at once, 0 to 1 000 000
public record PacerLimits(double requestsPerSecond, int burst, int concurrency, Duration queueTimeout, int maxQueued) {
    /// The defaults of the settings RPS, BURST, CONCURRENCY and QUEUE_TIMEOUT.
    public static final PacerLimits DEFAULT = new PacerLimits(20, 25, 32, Duration.ofSeconds(10), 1000);

    public PacerLimits {
        if (!(requestsPerSecond > 0 && requestsPerSecond <= 10_000)) {
            throw new IllegalArgumentException("RPS must be over 0 and at most 10000, got " + requestsPerSecond);
        }
        requireWithin("BURST", burst, 1, 100_000);
        requireWithin("CONCURRENCY", concurrency, 1, 100_000);
        requireWithin("the queue's capacity", maxQueued, 0, 1_000_000);
        if (queueTimeout.isNegative() || queueTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("QUEUE_TIMEOUT must be between 0 and 1 h, got " + queueTimeout);
        }
    }

    private static void requireWithin(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", got " + value);
        }
    }
}
