package dev.sluice.service.provider;

import java.time.Duration;

/// Waits: the seam that makes simulated latency instant in tests. Thread-safe.
@FunctionalInterface
public interface Sleeper {
    /// Real time.
    Sleeper REAL = Thread::sleep;

    /// Waits for `duration` on the calling thread.
    ///
    /// @throws InterruptedException if interrupted before or while waiting
    void sleep(Duration duration) throws InterruptedException;
}
