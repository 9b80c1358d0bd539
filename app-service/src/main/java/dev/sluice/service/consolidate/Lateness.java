package dev.sluice.service.consolidate;

import java.util.Arrays;

/// How late windows closed, in milliseconds, over the latest of them. Not thread-safe.
final class Lateness {
    private final long[] latest = new long[1024];
    private long count;
    private long worst;

    void record(long millis) {
        latest[(int) (count++ % latest.length)] = millis;
        worst = Math.max(worst, millis);
    }

    /// Returns the 99th percentile of the latest ones; 0 if there are none.
    long p99() {
        int known = (int) Math.min(count, latest.length);
        if (known == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(latest, known);
        Arrays.sort(sorted);
        return sorted[Math.ceilDiv(known * 99, 100) - 1];
    }

    /// Returns the worst since the start.
    long worst() {
        return worst;
    }
}
