package dev.sluice.service.consolidate;

import java.time.Instant;

/// Time as the engine sees it: it only goes forward, at the pace of a monotonic clock; a test's is virtual.
///
/// It is set by the wall clock once, when it starts, so within one process a stepped wall clock moves no
/// deadline. Whole milliseconds, so that a deadline survives being stored.
public interface SteadyTime {
    /// Returns the time; never earlier than a time returned before.
    Instant now();

    /// Returns an alarm, not set.
    ///
    /// @param ring called on the alarm's own thread, never by two threads at once; must not throw
    Alarm alarm(Runnable ring);

    /// Rings at a time. Thread-safe.
    interface Alarm extends AutoCloseable {
        /// Has it ring once that time has come, instead of at the time asked for before.
        void set(Instant at);

        /// Has it not ring until it is set again.
        void unset();

        /// Ends it; one that is ringing goes on to its end.
        @Override
        void close();
    }
}
