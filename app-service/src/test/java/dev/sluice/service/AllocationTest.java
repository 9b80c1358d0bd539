package dev.sluice.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightKey;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.Outcome;
import dev.sluice.service.coalesce.Reuse;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.coalesce.Work;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Guards what is done for each caller and each event against growing unnoticed: bytes allocated, which, unlike times,
/// are the same on every machine. Run by the profile `allocation`.
///
/// Each bound is about twice what was measured; nearing it needs a reason, not a higher bound.
@Tag("allocation")
class AllocationTest {
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH_BYTES = 64 << 10;
    private static final byte[] DATA = ("{\"delta\":\"" + "x".repeat(188) + "\"}").getBytes(UTF_8);

    private final Wakeups wakeups = Wakeups.start();
    private final Clock clock = Clock.system("allocation");
    private final AtomicInteger ids = new AtomicInteger();
    private final Coalescer<String> coalescer = new Coalescer<>(
            CoalescerLimits.DEFAULT,
            CoalescerTimes.fixed(Duration.ofHours(1), Duration.ofSeconds(2)),
            clock,
            () -> "flight-" + ids.incrementAndGet(),
            Thread.ofVirtual().factory(),
            FlightLogs.inMemory(wakeups));

    @AfterEach
    void close() {
        coalescer.close();
        clock.close();
        wakeups.close();
    }

    @Test
    void answeringFromAKeptResultAllocatesLittle() throws Exception {
        FlightKey key = key("kept");
        ask(key, Role.LEADER);

        assertThat(leastBytes(10_000, () -> ask(key, Role.REUSED)))
                .as("bytes for a caller whose answer is kept")
                .isPositive()
                .isLessThan(160);
    }

    @Test
    void followingAFlightAllocatesLittle() throws Exception {
        var gate = new CountDownLatch(1);
        FlightKey key = key("followed");
        try (Attachment<String> leader = join(key, new Answer(gate))) {
            assertThat(leastBytes(10_000, () -> {
                        try (Attachment<String> follower = join(key, new Answer(gate))) {
                            assertRole(follower, Role.FOLLOWER);
                        }
                    }))
                    .as("bytes for a caller who joins and leaves")
                    .isPositive()
                    .isLessThan(360);
            gate.countDown();
            leader.await(PATIENCE);
        }
    }

    @Test
    void beginningToReadATranscriptAllocatesLittle() {
        EventLog log = new EventLog("f1", Retention.newest(100, 256 << 10), wakeups);
        log.append("delta", DATA);

        assertThat(leastBytes(10_000, () -> log.open("f1:1").cursor().close()))
                .as("bytes for a reader that comes and goes")
                .isPositive()
                .isLessThan(800);
    }

    @Test
    void deliveringAnEventAllocatesLittle() {
        int readers = 100;
        EventLog log = new EventLog("f1", Retention.newest(100, 256 << 10), wakeups);
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            cursors.add(log.cursorAfter(0));
        }
        Action deliver = () -> {
            log.append("delta", DATA);
            cursors.forEach(AllocationTest::readOne);
        };

        assertThat(leastBytes(200, deliver) / readers)
                .as("bytes for an event delivered to one of a hundred readers, the append included")
                .isPositive()
                .isLessThan(1_100);
        cursors.forEach(Cursor::close);
    }

    @Test
    void appendingAllocatesLittleMoreThanTheFrame() {
        EventLog log = new EventLog("f1", Retention.newest(100, 256 << 10), wakeups);

        assertThat(leastBytes(10_000, () -> log.append("delta", DATA)))
                .as("bytes for an event of 200 bytes that is appended")
                .isGreaterThan(200)
                .isLessThan(900);
    }

    @Test
    void catchingUpAllocatesNextToNothing() {
        int events = 1_000;
        EventLog log = new EventLog("f1", Retention.whole(8L << 20), wakeups);
        for (int i = 0; i < events; i++) {
            log.append("delta", DATA);
        }
        Action catchUp = () -> {
            try (Cursor cursor = log.cursorAfter(0)) {
                while (cursor.position() < events) {
                    assertThat(cursor.read(BATCH_BYTES).entries()).isNotEmpty();
                }
            }
        };

        assertThat(leastBytes(200, catchUp) / events)
                .as("bytes for an event of a backlog")
                .isLessThan(60);
    }

    /// As [dev.sluice.service.http.LogStream] does it, up to the socket.
    private static void readOne(Cursor cursor) {
        List<byte[]> frames = cursor.read(BATCH_BYTES).entries().stream()
                .filter(entry -> !entry.type().isEmpty())
                .map(LogEntry::frame)
                .toList();
        if (frames.size() != 1) {
            throw new AssertionError("one event was appended, " + frames.size() + " were read");
        }
    }

    private void ask(FlightKey key, Role expected) throws Exception {
        try (Attachment<String> place = join(key, new Answer(new CountDownLatch(0)))) {
            assertRole(place, expected);
            place.await(PATIENCE);
        }
    }

    private Attachment<String> join(FlightKey key, Answer work) {
        return coalescer.join(key, work, answer -> !answer.isEmpty(), LINGER);
    }

    /// Without AssertJ, whose own objects would be counted.
    private static void assertRole(Attachment<String> place, Role expected) {
        if (place.role() != expected) {
            throw new AssertionError("expected " + expected + ", got " + place.role());
        }
    }

    private static FlightKey key(String text) {
        return FlightKey.of("test").field("text", text).build();
    }

    private interface Action {
        void run() throws Exception;
    }

    /// Returns what one run of an action allocates on this thread, once it is compiled: the least of several rounds.
    private static long leastBytes(int runs, Action action) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < runs; i++) {
                try {
                    action.run();
                } catch (Exception e) {
                    throw new AssertionError("the measured action failed", e);
                }
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / runs);
        }
        return least;
    }

    private record Answer(CountDownLatch gate) implements Work<String> {
        @Override
        public Outcome<String> perform(Flight<String> flight) throws InterruptedException {
            gate.await();
            return new Outcome<>("answer", Reuse.RESULT, "done", DATA);
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
