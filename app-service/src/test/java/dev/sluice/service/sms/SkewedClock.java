package dev.sluice.service.sms;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/// A virtual clock whose wall time a test sets apart from its pace. Thread-safe.
final class SkewedClock implements Clock {
    private final VirtualClock clock = new VirtualClock();
    private volatile Duration skew = Duration.ZERO;

    /// Moves the wall clock alone, in either direction.
    void step(Duration by) {
        skew = skew.plus(by);
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public Instant now() {
        return clock.now().plus(skew);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        clock.after(delay, task);
    }

    @Override
    public void close() {
        clock.close();
    }
}
