package dev.sluice.ui.fake;

import dev.sluice.ui.store.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Clocks that go when a test says so.
public final class ManualClocks {
    /// Where they begin.
    public static final Instant START = Instant.parse("2026-03-02T09:30:00Z");

    private final AtomicLong nanos = new AtomicLong();

    /// Returns them in the form the product takes.
    public Clocks clocks() {
        return new Clocks(() -> START.plusNanos(nanos.get()), nanos::get);
    }

    /// Lets time pass.
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
