package dev.sluice.service.session;

import java.time.Duration;

/// How long, and how much of them, sessions are kept. Asked each time it matters, so it may change. Thread-safe.
public interface SessionPolicy {
    /// Five minutes and a hundred events in memory, thirty days on disk.
    SessionPolicy DEFAULT = new SessionPolicy() {
        @Override
        public Duration bufferTtl() {
            return Duration.ofMinutes(5);
        }

        @Override
        public int bufferEvents() {
            return 100;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(30);
        }
    };

    /// Returns how long a session stays in memory after its end.
    Duration bufferTtl();

    /// Returns how many of its newest events a running session keeps in memory; applies to those that begin later.
    int bufferEvents();

    /// Returns how long a session stays on disk after its end.
    Duration retention();
}
