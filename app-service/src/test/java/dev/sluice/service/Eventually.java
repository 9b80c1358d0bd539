package dev.sluice.service;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for what others do.
public final class Eventually {
    private Eventually() {}

    /// Returns once `condition` holds.
    ///
    /// @throws AssertionError if it does not hold in time
    public static void holds(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + patience + " in vain for: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
