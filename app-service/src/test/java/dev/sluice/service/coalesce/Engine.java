package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Patience;
import dev.sluice.service.replay.Wakeups;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// A coalescer on a virtual clock.
final class Engine implements AutoCloseable {
    /// What a caller got and how.
    record LandedWith(Role role, String result) {}

    static final Duration RESULT_TTL = Duration.ofSeconds(30);
    static final Duration ERROR_TTL = Duration.ofSeconds(2);
    static final Duration LINGER = Duration.ofSeconds(5);
    static final Duration MS = Duration.ofMillis(1);
    /// Longer than anything takes: reaching it means that something hangs. Shorter when mutants are tried, most
    /// of which make something hang.
    static final Duration FOREVER = Patience.FOREVER;

    final VirtualClock clock = new VirtualClock();
    final Wakeups wakeups = Wakeups.start();
    final Coalescer<String> coalescer;
    private final AtomicInteger ids = new AtomicInteger();
    private final Queue<Thread> flights = new ConcurrentLinkedQueue<>();

    Engine() {
        this(CoalescerLimits.DEFAULT);
    }

    Engine(CoalescerLimits limits) {
        this(limits, Thread.ofVirtual().factory());
    }

    Engine(CoalescerLimits limits, ThreadFactory threads) {
        coalescer = new Coalescer<>(
                limits,
                CoalescerTimes.fixed(RESULT_TTL, ERROR_TTL),
                clock,
                () -> "flight-" + ids.incrementAndGet(),
                task -> {
                    Thread thread = threads.newThread(task);
                    flights.add(thread);
                    return thread;
                },
                FlightLogs.inMemory(wakeups));
    }

    static CoalescerLimits limits(int flights, long transcriptBytes, long keptBytes) {
        return new CoalescerLimits(flights, 20_000, transcriptBytes, 256L << 20, keptBytes, Duration.ofMinutes(5));
    }

    static FlightKey key(String text) {
        return FlightKey.of("test").field("text", text).build();
    }

    /// Returns how many rounds a test of chances makes: fewer when it is run for each of hundreds of mutants.
    static int rounds(int usual) {
        return Patience.rounds(usual);
    }

    /// Waits until another thread has opened the latch.
    static void passes(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .as("it happens")
                .isTrue();
    }

    /// Waits until the condition holds.
    static void until(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            inTime(started);
            Thread.onSpinWait();
        }
    }

    /// Ends a loop that waits for another thread and never would.
    ///
    /// @param started when the wait began, on [System#nanoTime]
    static void inTime(long started) {
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(FOREVER);
    }

    Attachment<String> join(String key, Work<String> work) {
        return coalescer.join(key(key), work, _ -> true, LINGER);
    }

    /// Joins, waits and leaves.
    String ask(String key, Work<String> work) throws Exception {
        try (Attachment<String> attachment = join(key, work)) {
            return attachment.await(FOREVER);
        }
    }

    static void assertFails(Attachment<String> attachment, FlightException.Kind kind) {
        assertThatThrownBy(() -> attachment.await(FOREVER))
                .isInstanceOfSatisfying(
                        FlightException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    /// Waits until every flight's thread has ended.
    void settle() throws InterruptedException {
        for (Thread flight = flights.poll(); flight != null; flight = flights.poll()) {
            assertThat(flight.join(FOREVER)).as("flight ended").isTrue();
        }
    }

    /// Reads a transcript from the beginning to its end, as wire bytes.
    static String transcript(Attachment<String> attachment) throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        try (Cursor cursor = attachment.open(null).cursor()) {
            while (true) {
                assertThat(cursor.await(FOREVER)).as("more of the transcript").isTrue();
                Batch batch = cursor.read(64);
                assertThat(batch.gap()).isNull();
                for (LogEntry entry : batch.entries()) {
                    bytes.writeBytes(entry.frame());
                }
                if (batch.ends()) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
            }
        }
    }

    @Override
    public void close() {
        coalescer.close();
        wakeups.close();
    }
}
