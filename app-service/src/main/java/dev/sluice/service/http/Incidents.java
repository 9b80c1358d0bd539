package dev.sluice.service.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counts how often something happened, and knows when last. Thread-safe.
public final class Incidents {
    private final InstantSource clock;
    private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NEVER);

    public Incidents(InstantSource clock) {
        this.clock = clock;
    }

    /// Counts one that happens now.
    public void count() {
        Instant now = clock.instant();
        seen.updateAndGet(before -> new Seen(before.count + 1, now));
    }

    /// Returns what was counted so far.
    public Seen seen() {
        return seen.get();
    }

    /// @param count since start
    /// @param lastAt when it happened last; null if it never did
    public record Seen(long count, @Nullable Instant lastAt) {
        /// It never happened.
        public static final Seen NEVER = new Seen(0, null);
    }
}
