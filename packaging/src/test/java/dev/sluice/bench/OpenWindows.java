package dev.sluice.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A service that began with so many open windows, none of which is due soon.
///
/// @param readySeconds from its start until it was ready
/// @param heapEach in bytes, beyond what it takes without them
record OpenWindows(Sluice sluice, double readySeconds, double heapEach) {
    static final Map<String, String> SETTINGS = Map.of("CONSOLIDATION_WINDOW", "60m");

    static OpenWindows start(Run run, Provider provider, int count) throws Exception {
        Path data = run.newDirectory("windows").resolve("data");
        long empty = emptyHeap(run, provider, data);
        try (var stored = new StoredWindows(data)) {
            Instant now = Instant.now();
            stored.open(count, now, Duration.ofMinutes(50), now.plus(Duration.ofMinutes(30)), Duration.ofMinutes(10));
        }
        long began = System.nanoTime();
        Sluice sluice = Sluice.start(run, provider, SETTINGS, data);
        sluice.awaitReady();
        double ready = (System.nanoTime() - began) / 1e9;
        double each = (double) (Heap.used(sluice.pid()) - empty) / count;
        // the collection that this asks for finds a heap just large enough; until the next whole one JDK 25's serial
        // collector then fills the old space first, and stops the service for half a second when that is full
        Heap.used(sluice.pid());
        return new OpenWindows(sluice, ready, each);
    }

    /// Returns the heap of a service without windows, which has created its database and has stopped then.
    static long emptyHeap(Run run, Provider provider, Path data) throws Exception {
        Sluice sluice = Sluice.start(run, provider, SETTINGS, data);
        sluice.awaitReady();
        long used = Heap.used(sluice.pid());
        sluice.close();
        return used;
    }
}
