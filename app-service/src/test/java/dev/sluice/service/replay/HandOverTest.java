package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The hand-over from the appender to readers, with threads changed between any two steps of it.
@Timeout(60)
final class HandOverTest {
    private static final int SEEDS = Patience.rounds(200);
    private static final int READERS = 8;
    private static final int EVENTS = 40;

    private final Wakeups wakeups = Wakeups.start();

    @AfterEach
    void stop() {
        wakeups.close();
    }

    @Test
    @DisplayName("R1 any interleaving of append and connect: each reader sees k+1..n exactly once, in order")
    void eachReaderSeesTheRestOnce() throws InterruptedException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var interleaving = new Interleaving(seed);
            var log = new EventLog("e", Retention.whole(1 << 20), wakeups, interleaving::step);
            List<List<Long>> seen = new ArrayList<>();
            List<Runnable> tasks = new ArrayList<>();
            tasks.add(() -> fill(log));
            for (int reader = 0; reader < READERS; reader++) {
                var mine = new ArrayList<Long>();
                seen.add(mine);
                var random = new Random(seed * READERS + reader);
                tasks.add(() -> read(log, random, interleaving, mine));
            }

            interleaving.run(tasks);

            for (List<Long> mine : seen) {
                long from = mine.getFirst() + 1;
                assertThat(mine.subList(1, mine.size())).as("seed %d", seed).isEqualTo(range(from, EVENTS));
            }
        }
    }

    @Test
    @DisplayName("R7 any interleaving of trimming and reading: events in order, each hole told, none unsaid")
    void everyHoleIsTold() throws InterruptedException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var interleaving = new Interleaving(seed);
            var log = new EventLog("e", Retention.newest(3, Long.MAX_VALUE), wakeups, interleaving::step);
            List<Runnable> tasks = new ArrayList<>();
            List<String> faults = new ArrayList<>();
            tasks.add(() -> fill(log));
            for (int reader = 0; reader < READERS; reader++) {
                tasks.add(() -> readWithHoles(log, interleaving, faults));
            }

            interleaving.run(tasks);

            assertThat(faults).as("seed %d", seed).isEmpty();
        }
    }

    private static void fill(EventLog log) {
        for (int i = 1; i < EVENTS; i++) {
            log.append("token", new byte[] {(byte) i});
        }
        log.end("done", new byte[0]);
    }

    /// Notes where it began, then the numbers it saw.
    private static void read(EventLog log, Random random, Interleaving interleaving, List<Long> seen) {
        for (int wait = random.nextInt(300); wait > 0; wait--) {
            interleaving.step();
        }
        long known = log.last() == 0 ? 0 : random.nextLong(log.last() + 1);
        Opening opening = log.open(new EventId("e", known).toString());
        assertThat(opening.reset()).isNull();
        seen.add(known);
        try (Cursor cursor = opening.cursor()) {
            while (!cursor.finished()) {
                Batch batch = cursor.read(1 + random.nextInt(200));
                assertThat(batch.gap()).isNull();
                batch.entries().forEach(entry -> seen.add(entry.seq()));
                interleaving.step();
            }
        }
    }

    private static void readWithHoles(EventLog log, Interleaving interleaving, List<String> faults) {
        long next = 1;
        try (Cursor cursor = log.cursorAfter(0)) {
            while (!cursor.finished()) {
                Batch batch = cursor.read(60);
                Batch.Gap gap = batch.gap();
                if (gap != null) {
                    if (gap.requested() != next || gap.lost() != gap.first() - next || gap.lost() < 1) {
                        faults.add("at " + next + ": " + gap);
                    }
                    next = gap.first();
                }
                for (LogEntry entry : batch.entries()) {
                    if (entry.seq() != next) {
                        faults.add("at " + next + " came " + entry.seq());
                    }
                    next = entry.seq() + 1;
                }
                interleaving.step();
            }
        }
        if (next != EVENTS + 1) {
            faults.add("ended at " + next);
        }
    }

    private static List<Long> range(long from, long to) {
        var numbers = new ArrayList<Long>();
        for (long number = from; number <= to; number++) {
            numbers.add(number);
        }
        return numbers;
    }
}
