package dev.sluice.service.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Logs that are stored as they grow.
@Timeout(60)
final class StoredLogTest {
    private static final Duration PATIENCE = Patience.FOREVER;

    private final Wakeups wakeups = Wakeups.start();
    private final ScriptedLogStore store = new ScriptedLogStore();
    private final Journal journal = Journal.start(store, Duration.ZERO);

    @AfterEach
    void stop() {
        journal.close();
        wakeups.close();
    }

    @Test
    @DisplayName("R14 the terminal event is shown only once it is durable; later appends are refused at once")
    void endIsHiddenUntilItIsDurable() throws InterruptedException {
        store.hold();
        EventLog log = log(Retention.whole(1 << 20), Refusal.END);
        log.append("progress", bytes("1"));
        ScriptedLogStore.Commit first = store.next();
        log.end("complete", bytes("2"));

        assertThat(log.last()).isEqualTo(1);
        assertThat(log.ended()).isFalse();
        assertThatThrownBy(() -> log.append("progress", bytes("3"))).isInstanceOf(LogClosedException.class);

        try (Cursor cursor = log.cursorAfter(1)) {
            first.land();
            ScriptedLogStore.Commit second = store.next();
            assertThat(cursor.await(Duration.ZERO)).isFalse();
            second.land();
            assertThat(cursor.await(PATIENCE)).isTrue();
            assertThat(cursor.read(1 << 10).ends()).isTrue();
        }
        assertThat(log.storedUpTo()).isEqualTo(2);
    }

    @Test
    @DisplayName("R14 a reader that waits for the end is woken by it, whether it was stored or refused")
    void endWakesWhoWaits() throws InterruptedException {
        for (boolean sick : new boolean[] {false, true}) {
            store.sick(sick);
            store.hold();
            EventLog log = log("woken" + sick, Retention.whole(1 << 20), Refusal.GO_ON);
            log.end("done", bytes("1"));
            try (Cursor cursor = log.cursorAfter(0)) {
                if (!sick) {
                    Thread reader = Thread.currentThread();
                    Thread.ofVirtual().start(() -> {
                        while (reader.getState() != Thread.State.TIMED_WAITING) {
                            LockSupport.parkNanos(100_000);
                        }
                        landNext();
                    });
                }
                long began = System.nanoTime();
                assertThat(cursor.await(PATIENCE)).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PATIENCE.dividedBy(2));
            }
        }
    }

    private void landNext() {
        try {
            store.next().land();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("R5 a log that goes on in a new life counts on, names that life, and keeps times to the microsecond")
    void continuedLogCountsOn() throws InterruptedException {
        EventLog before = log("s1");
        before.append("progress", bytes("1"));
        awaitStored(before, 1);
        Instant now = Instant.parse("2026-01-31T08:00:00.123456789Z");

        EventLog log = EventLog.continued("s1", "s1-2", 1, Retention.whole(1 << 20), wakeups, () -> now, journal);
        assertThat(log.end("error", bytes("2"))).isEqualTo(2);
        awaitStored(log, 2);

        LogEntry end = store.read("s1", "s1-2", 1, 1 << 20).getFirst();
        assertThat(end.at()).isEqualTo("2026-01-31T08:00:00.123456Z");
        assertThat(new String(end.frame(), UTF_8)).startsWith("id: s1-2:2\n");
    }

    @Test
    @DisplayName("R7 memory holds the newest events; the others come from the store")
    void whatMemoryTrimsTheStoreHas() throws InterruptedException {
        EventLog log = log(Retention.newest(3, 1 << 20), Refusal.END);
        for (int i = 1; i <= 50; i++) {
            log.append("progress", bytes("event " + i));
        }
        awaitStored(log, 50);

        assertThat(log.first()).isEqualTo(48);
        try (Cursor cursor = log.cursorAfter(0)) {
            assertThat(drain(cursor, new Random(7), 50)).isEqualTo(numbers(1, 50));
        }
    }

    @Test
    @DisplayName("R6 what is not durable yet is never trimmed from memory")
    void unstoredEventsStayInMemory() throws InterruptedException {
        store.hold();
        EventLog log = log(Retention.newest(3, 100), Refusal.END);
        for (int i = 1; i <= 50; i++) {
            log.append("progress", bytes("event " + i));
        }

        assertThat(log.first()).isEqualTo(1);
        try (Cursor cursor = log.cursorAfter(0)) {
            assertThat(drain(cursor, new Random(8), 50)).isEqualTo(numbers(1, 50));
        }
        while (log.storedUpTo() < 50) {
            ScriptedLogStore.Commit commit = store.next();
            commit.land();
            awaitStored(log, commit.chunks().getFirst().last());
        }
        assertThat(log.first()).as("a hundred bytes hold two of them").isEqualTo(49);
    }

    @Test
    @DisplayName("R6 a session that the store refuses takes no more and says so; it is stored when the store is well")
    void refusedSessionEndsInAnError() throws InterruptedException {
        store.sick(true);
        EventLog log = log(Retention.whole(1 << 20), Refusal.END);
        log.append("progress", bytes("1"));
        try (Cursor cursor = log.cursorAfter(1)) {
            assertThat(cursor.await(PATIENCE)).isTrue();
            Batch end = cursor.read(1 << 10);
            assertThat(end.ends()).isTrue();
            assertThat(end.entries().getFirst().type()).isEqualTo("error");
        }
        assertThatThrownBy(() -> log.append("progress", bytes("2"))).isInstanceOf(LogClosedException.class);

        store.sick(false);
        awaitStored(log, 2);
        assertThat(store.read("s1", "s1", 0, 1 << 20))
                .extracting(LogEntry::type)
                .containsExactly("progress", "error");
        assertThat(journal.refusals()).isPositive();
    }

    @Test
    @DisplayName("R6 a log that may go on without the store keeps its readers going, its end too")
    void logThatGoesOnIsStoredLater() throws InterruptedException {
        store.sick(true);
        EventLog log = log(Retention.whole(1 << 20), Refusal.GO_ON);
        log.append("delta", bytes("1"));
        store.next();
        log.end("done", bytes("2"));
        try (Cursor cursor = log.cursorAfter(1)) {
            assertThat(cursor.await(PATIENCE)).isTrue();
            assertThat(cursor.read(1 << 10).ends()).isTrue();
        }

        store.sick(false);
        awaitStored(log, 2);
    }

    @Test
    @DisplayName("R7 while the store takes nothing, ended logs hold no more memory than the journal allows")
    void endedLogsOfASickStoreAreBounded() throws InterruptedException {
        store.sick(true);
        var data = new byte[4 << 20];
        Arrays.fill(data, (byte) 'x');
        for (int i = 0; i < 20; i++) {
            log("big" + i, Retention.whole(8 << 20), Refusal.GO_ON).end("done", data);
        }

        awaitTrue(() -> journal.abandoned() >= 5);

        assertThat(journal.abandoned()).isEqualTo(5);
        assertThat(store.abandoned).hasSize(5).doesNotHaveDuplicates();
        store.sick(false);
        awaitTrue(() -> journal.events() == 15);
    }

    @Test
    @DisplayName("R7 many logs share a commit, and a publisher never waits for one")
    void logsShareCommits() throws InterruptedException {
        store.hold();
        EventLog first = log("a");
        first.append("progress", bytes("1"));
        ScriptedLogStore.Commit running = store.next();
        List<EventLog> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            EventLog other = log("b" + i);
            other.append("progress", bytes("1"));
            other.append("progress", bytes("2"));
            others.add(other);
        }

        running.land();

        ScriptedLogStore.Commit next = store.next();
        assertThat(next.chunks())
                .hasSize(20)
                .allSatisfy(chunk -> assertThat(chunk.last()).isEqualTo(2));
        next.land();
        for (EventLog other : others) {
            awaitStored(other, 2);
        }
    }

    @Test
    @DisplayName("R3 a log that is in the store alone is replayed whole; what is gone there too is one gap")
    void endedLogIsReadFromTheStore() throws InterruptedException {
        EventLog log = log(Retention.whole(1 << 20), Refusal.END);
        for (int i = 1; i < 1_000; i++) {
            log.append("progress", bytes("event " + i));
        }
        log.end("complete", bytes("end"));
        awaitStored(log, 1_000);

        EventLog again = EventLog.ended("s1", "s1", 1_000, wakeups, journal);
        try (Cursor cursor = again.cursorAfter(0)) {
            assertThat(drain(cursor, new Random(9))).isEqualTo(numbers(1, 1_000));
        }
        assertThat(again.open("s1:1000").atEnd()).isTrue();
        assertThat(again.open("s1:1001").reset()).isEqualTo("future");

        store.dropBefore("s1", 401);
        try (Cursor cursor = again.cursorAfter(100)) {
            Batch batch = cursor.read(1 << 10);
            assertThat(batch.gap()).isEqualTo(new Batch.Gap(101, 401, 1_000, 300));
            assertThat(batch.entries().getFirst().seq()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("R1 readers that come at any time, while memory trims and the store takes: each event once, in order")
    void readersRaceTrimmingAndStoring() throws InterruptedException {
        for (int seed = 0; seed < Patience.rounds(30); seed++) {
            EventLog log = log("race" + seed, Retention.newest(4, 1 << 20), Refusal.END);
            List<Callable<List<Long>>> tasks = new ArrayList<>();
            tasks.add(() -> {
                for (int i = 1; i < 200; i++) {
                    log.append("progress", bytes("event " + i));
                }
                log.end("complete", bytes("end"));
                return numbers(1, 200);
            });
            for (int reader = 0; reader < 8; reader++) {
                var random = new Random(seed * 100L + reader);
                tasks.add(() -> {
                    try (Cursor cursor = log.cursorAfter(0)) {
                        return drain(cursor, random);
                    }
                });
            }

            assertThat(Together.run(tasks)).as("seed %d", seed).allMatch(numbers(1, 200)::equals);
        }
    }

    @Test
    @DisplayName("R6 closing the journal stores what is there")
    void closeStoresTheRest() {
        EventLog log = log(Retention.whole(1 << 20), Refusal.END);
        for (int i = 1; i <= 500; i++) {
            log.append("progress", bytes("event " + i));
        }

        journal.close();

        assertThat(store.read("s1", "s1", 0, 1 << 20)).hasSize(500);
    }

    private EventLog log(Retention retention, Refusal refusal) {
        return log("s1", retention, refusal);
    }

    private EventLog log(String id) {
        return log(id, Retention.whole(1 << 20), Refusal.END);
    }

    private EventLog log(String id, Retention retention, Refusal refusal) {
        return EventLog.stored(id, id, retention, wakeups, InstantSource.system(), journal, refusal);
    }

    private static List<Long> drain(Cursor cursor, Random random) throws InterruptedException {
        return drain(cursor, random, Long.MAX_VALUE);
    }

    /// Reads to the end, or up to the event `last` of a log that has none yet.
    private static List<Long> drain(Cursor cursor, Random random, long last) throws InterruptedException {
        var seen = new ArrayList<Long>();
        while (!cursor.finished() && cursor.position() < last) {
            Batch batch = cursor.read(1 + random.nextInt(400));
            assertThat(batch.gap()).isNull();
            batch.entries().forEach(entry -> seen.add(entry.seq()));
            if (batch.entries().isEmpty() && !cursor.await(PATIENCE)) {
                break;
            }
        }
        return seen;
    }

    private static void awaitStored(EventLog log, long seq) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (log.storedUpTo() < seq) {
            assertThat(System.nanoTime())
                    .as("stored up to %d", log.storedUpTo())
                    .isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    private static List<Long> numbers(long from, long to) {
        var numbers = new ArrayList<Long>();
        for (long number = from; number <= to; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
