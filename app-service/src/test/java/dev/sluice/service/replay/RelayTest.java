package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class RelayTest {
    private static final byte[] DATA = {'x'};
    private static final Duration NEVER = Duration.ofDays(1);

    private final Wakeups wakeups = Wakeups.start();
    private final EventLog log = new EventLog("e", Retention.newest(64, Long.MAX_VALUE), wakeups);

    @AfterEach
    void stop() {
        wakeups.close();
    }

    /// Notes what it is handed; wants more while `more` says so.
    private static final class Notes implements Receiver {
        final LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        final Semaphore silences = new Semaphore(0);
        final Predicate<LogEntry> more;

        Notes(Predicate<LogEntry> more) {
            this.more = more;
        }

        Notes() {
            this(_ -> true);
        }

        @Override
        public boolean take(List<LogEntry> entries) {
            threads.add(Thread.currentThread());
            boolean wanted = true;
            for (LogEntry entry : entries) {
                seen.add(entry.seq());
                wanted &= more.test(entry);
            }
            return wanted;
        }

        @Override
        public boolean idle() {
            silences.release();
            return true;
        }
    }

    /// Reads to the end as a stream does: what is there itself, what comes by relay.
    private static void follow(Cursor cursor, Receiver receiver, Duration silence) throws InterruptedException {
        while (!cursor.finished()) {
            List<LogEntry> entries = cursor.read(1_000).entries();
            if (entries.isEmpty()) {
                cursor.relay(receiver, silence);
            } else {
                receiver.take(entries);
            }
        }
    }

    @Test
    @DisplayName("R1 append racing relay: each event is handed over once, in order, in 100 000 rounds")
    void nothingIsLostOrDoubled() throws InterruptedException {
        int rounds = Patience.rounds(100_000);
        long seed = System.nanoTime();
        var random = new Random(seed);
        var taken = new Semaphore(1);
        var notes = new Notes(_ -> {
            taken.release();
            return true;
        });

        Together.run(List.of(
                () -> {
                    try (Cursor cursor = log.cursorAfter(0)) {
                        follow(cursor, notes, NEVER);
                    }
                    return true;
                },
                () -> {
                    for (int i = 1; i < rounds; i++) {
                        taken.acquire();
                        for (int spin = random.nextInt(50); spin > 0; spin--) {
                            Thread.onSpinWait();
                        }
                        log.append("token", DATA);
                    }
                    log.end("done", DATA);
                    return true;
                }));

        assertThat(notes.seen)
                .as("seed %d", seed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rounds).boxed().toList());
        assertThat(log.readers()).isZero();
    }

    @Test
    @DisplayName("R1 readers that are handed over and back at random see each event once, in order")
    void handedOverAndBack() throws InterruptedException {
        int events = Patience.rounds(5_000);
        var whole = new EventLog("e", Retention.whole(1 << 30), wakeups);
        long seed = System.nanoTime();
        var all = new ArrayList<Notes>();
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int reader = 0; reader < 20; reader++) {
            var random = new Random(seed + reader);
            var notes = new Notes(_ -> random.nextInt(5) > 0);
            all.add(notes);
            tasks.add(() -> {
                try (Cursor cursor = whole.cursorAfter(0)) {
                    follow(cursor, notes, NEVER);
                }
                return true;
            });
        }
        tasks.add(() -> {
            for (int i = 1; i < events; i++) {
                whole.append("token", DATA);
                LockSupport.parkNanos(1); // lets the readers run
            }
            whole.end("done", DATA);
            return true;
        });

        Together.run(tasks);

        List<Long> wanted = LongStream.rangeClosed(1, events).boxed().toList();
        assertThat(all)
                .allSatisfy(notes -> assertThat(notes.seen).as("seed %d", seed).containsExactlyElementsOf(wanted));
    }

    @Test
    @DisplayName("R8 a reader that does not take what it is handed holds up nobody else, and is left to its own thread")
    void stuckReaderHoldsUpNobody() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var blocking = new Notes(_ -> {
            stuck.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return true;
        });
        var others = new ArrayList<Notes>();
        var tasks = new ArrayList<Callable<Boolean>>();
        var ready = new CountDownLatch(40);
        var own = new LinkedBlockingQueue<Thread>();
        for (int reader = 0; reader < 40; reader++) {
            Notes notes = reader == 20 ? blocking : new Notes();
            if (notes != blocking) {
                others.add(notes);
            }
            tasks.add(() -> {
                if (notes == blocking) {
                    own.add(Thread.currentThread());
                }
                try (Cursor cursor = log.cursorAfter(0)) {
                    ready.countDown();
                    follow(cursor, notes, NEVER);
                }
                return true;
            });
        }
        tasks.add(() -> {
            ready.await();
            log.append("token", DATA);
            stuck.await();
            log.append("token", DATA);
            for (Notes notes : others) {
                assertThat(notes.seen.take()).isEqualTo(1);
                assertThat(notes.seen.take()).isEqualTo(2);
            }
            release.countDown();
            assertThat(blocking.seen.take()).isEqualTo(1);
            assertThat(blocking.seen.take()).isEqualTo(2);
            log.append("token", DATA);
            assertThat(blocking.seen.take()).isEqualTo(3);
            log.end("done", DATA);
            return true;
        });

        Together.run(tasks);

        List<Thread> threads = List.copyOf(blocking.threads);
        assertThat(threads.getFirst()).isNotEqualTo(own.element());
        assertThat(threads.subList(1, threads.size())).containsOnly(own.element());
    }

    @Test
    void toldOfSilenceAgainAndAgain() throws InterruptedException {
        var notes = new Notes();
        Cursor cursor = log.cursorAfter(0);

        Together.run(List.of(
                () -> {
                    follow(cursor, notes, Duration.ofMillis(20));
                    return true;
                },
                () -> {
                    notes.silences.acquire(3);
                    log.append("token", DATA);
                    notes.silences.drainPermits();
                    notes.silences.acquire(2);
                    log.end("done", DATA);
                    return true;
                }));

        assertThat(notes.seen).containsExactly(1L, 2L);
    }

    @Test
    void interruptEndsThisAndEveryLaterRelay() throws InterruptedException {
        Cursor cursor = log.cursorAfter(0);
        var notes = new Notes(_ -> {
            cursor.interrupt(); // by whoever hands over, as a stream's end may be
            return true;
        });
        Together.run(List.of(
                () -> {
                    cursor.relay(notes, NEVER);
                    return true;
                },
                () -> log.append("token", DATA)));

        cursor.relay(notes, NEVER);

        assertThat(cursor.position()).isLessThanOrEqualTo(1);
    }

    @Test
    void interruptWakesAWaitingReader() throws InterruptedException {
        Cursor cursor = log.cursorAfter(0);
        var reading = new LinkedBlockingQueue<Thread>();
        Together.run(List.of(
                () -> {
                    reading.add(Thread.currentThread());
                    cursor.relay(new Notes(), NEVER);
                    return true;
                },
                () -> {
                    Thread reader = reading.take();
                    while (reader.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    cursor.interrupt();
                    return true;
                }));

        assertThat(log.last()).isZero();
    }

    @Test
    void interruptedThreadLeavesTheWait() {
        Cursor cursor = log.cursorAfter(0);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> cursor.relay(new Notes(), NEVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatTheReceiverThrowsIsThrownByTheReadersThread() throws InterruptedException {
        var failure = new IllegalStateException("no");
        var failed = new AtomicReference<Throwable>();
        Cursor cursor = log.cursorAfter(0);
        var announced = new CountDownLatch(1);

        Together.run(List.of(
                () -> {
                    announced.countDown();
                    try {
                        follow(
                                cursor,
                                new Notes(_ -> {
                                    throw failure;
                                }),
                                NEVER);
                    } catch (IllegalStateException e) {
                        failed.set(e);
                    }
                    return true;
                },
                () -> {
                    announced.await();
                    return log.append("token", DATA) > 0;
                }));

        assertThat(failed.get()).isSameAs(failure);
    }

    @Test
    @DisplayName("R7 what memory does not hold any more is left to the reader's own thread")
    void trimmedEventsAreLeftToTheOwnThread() throws InterruptedException {
        var small = new EventLog("e", Retention.newest(2, Long.MAX_VALUE), wakeups);
        var first = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var lost = new AtomicInteger();
        var notes = new Notes(entry -> {
            if (entry.seq() == 1) {
                first.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return true;
        });

        Together.run(List.of(
                () -> {
                    try (Cursor cursor = small.cursorAfter(0)) {
                        while (!cursor.finished()) {
                            Batch batch = cursor.read(1_000);
                            if (batch.gap() != null) {
                                lost.addAndGet((int) batch.gap().lost());
                            }
                            if (batch.entries().isEmpty()) {
                                cursor.relay(notes, NEVER);
                            } else {
                                notes.take(batch.entries());
                            }
                        }
                    }
                    return true;
                },
                () -> {
                    small.append("token", DATA);
                    first.await();
                    for (int i = 0; i < 9; i++) {
                        small.append("token", DATA);
                    }
                    small.end("done", DATA);
                    go.countDown();
                    return true;
                }));

        assertThat(notes.seen).containsExactly(1L, 10L, 11L);
        assertThat(lost).hasValue(8);
    }
}
