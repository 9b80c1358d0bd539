package dev.sluice.service.provider;

/// Time and alarms: the seam that lets tests drive every wait.
///
/// Implementations are thread-safe.
public interface Scheduler {
    /// Returns a clock reading in nanoseconds; only differences mean something.
    long nanoTime();

    /// Runs `action` once after `delayNanos`, on a thread of the scheduler.
    ///
    /// @param delayNanos nanoseconds; zero or less means at once
    /// @param action short, and never blocks
    Alarm schedule(long delayNanos, Runnable action);

    /// A scheduled action.
    @FunctionalInterface
    interface Alarm {
        /// Makes the action not run, unless it has begun.
        void cancel();
    }
}
