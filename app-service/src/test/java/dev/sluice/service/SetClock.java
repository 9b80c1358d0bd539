package dev.sluice.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A wall clock that stands until a test moves it. Moved by one thread, read by any.
public final class SetClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-04T05:06:07Z");

    /// Moves it, in either direction.
    public void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
