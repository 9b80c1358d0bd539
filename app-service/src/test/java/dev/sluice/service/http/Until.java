package dev.sluice.service.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other threads do.
final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Until() {}

    /// Returns once `condition` holds.
    ///
    /// @throws AssertionError if it does not within twenty seconds
    static void holds(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
