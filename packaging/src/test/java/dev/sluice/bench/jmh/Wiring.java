package dev.sluice.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.Outcome;
import dev.sluice.service.coalesce.Reuse;
import dev.sluice.service.coalesce.Work;
import dev.sluice.service.replay.Wakeups;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A coalescer wired as the service wires its own, but that its logs may stay in memory.
public final class Wiring implements AutoCloseable {
    /// How long a caller waits at most, which is also what the service's callers get who do not say.
    public static final Duration DEADLINE = Duration.ofMinutes(2);

    static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration ERROR_TTL = Duration.ofSeconds(2);

    final Wakeups wakeups;
    final Coalescer<String> coalescer;
    private final Clock clock = Clock.system("coalesce-timer");

    private Wiring(Duration resultTtl, Wakeups wakeups, FlightLogs<String> logs) {
        this.wakeups = wakeups;
        this.coalescer = new Coalescer<>(
                CoalescerLimits.DEFAULT,
                CoalescerTimes.fixed(resultTtl, ERROR_TTL),
                clock,
                () -> "f" + UUID.randomUUID().toString().replace("-", ""),
                Thread.ofVirtual().name("flight-", 0).factory(),
                logs);
    }

    /// Wires a coalescer whose transcripts are in memory only.
    ///
    /// @param resultTtl how long results are reused
    public static Wiring inMemory(Duration resultTtl) {
        Wakeups wakeups = Wakeups.start();
        return new Wiring(resultTtl, wakeups, FlightLogs.inMemory(wakeups));
    }

    /// Wires a coalescer whose transcripts are stored.
    ///
    /// @param store closed by its owner, after this
    static Wiring stored(Duration resultTtl, StoredLogs store) {
        return new Wiring(resultTtl, store.wakeups(), store);
    }

    /// Returns the coalescer.
    public Coalescer<String> coalescer() {
        return coalescer;
    }

    @Override
    public void close() {
        coalescer.close();
        clock.close();
        wakeups.close();
    }

    /// Work that brings an answer of 500 bytes, at once or when it is told to.
    ///
    /// @param gate opened when it may end; null for at once
    public record Answer(@Nullable CountDownLatch gate) implements Work<String> {
        static final String TEXT = "x".repeat(500);
        private static final byte[] DATA = TEXT.getBytes(UTF_8);

        @Override
        public Outcome<String> perform(Flight<String> flight) throws InterruptedException {
            if (gate != null) {
                gate.await();
            }
            return new Outcome<>(TEXT, Reuse.RESULT, "done", DATA);
        }

        @Override
        public FlightException failure(Throwable thrown) {
            return new FlightException(FlightException.Kind.FAILED, "failed", false, null, thrown);
        }

        @Override
        public byte[] errorEvent(FlightException failure) {
            return new byte[] {'{', '}'};
        }
    }
}
