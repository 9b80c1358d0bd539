package dev.sluice.bench.jmh;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// P9: what a flight's listener takes of the heap besides its thread.
public final class Listeners {
    private static final int FLIGHTS = 20;
    private static final int EACH = 5_000;

    private Listeners() {}

    /// Counts 100 000 listeners of 20 flights in this process's heap and returns the bytes of one.
    ///
    /// @param streamed whether each reads the transcript, too
    public static double bytes(boolean streamed) {
        var gate = new CountDownLatch(1);
        List<Attachment<String>> places = new ArrayList<>(FLIGHTS * (EACH + 1));
        try (var wiring = Wiring.inMemory(Duration.ofSeconds(30))) {
            for (int flight = 0; flight < FLIGHTS; flight++) {
                places.add(join(wiring, flight, gate));
            }
            long before = used();
            for (int i = 0; i < FLIGHTS * EACH; i++) {
                Attachment<String> place = join(wiring, i % FLIGHTS, gate);
                places.add(place);
                if (streamed) {
                    var _ = place.open(null);
                }
            }
            long after = used();
            gate.countDown();
            places.forEach(Attachment::close);
            return (after - before) / (double) (FLIGHTS * EACH);
        }
    }

    private static Attachment<String> join(Wiring wiring, int flight, CountDownLatch gate) {
        return wiring.coalescer()
                .join(new FlightKey("key-" + flight), new Wiring.Answer(gate), _ -> true, Wiring.LINGER);
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
