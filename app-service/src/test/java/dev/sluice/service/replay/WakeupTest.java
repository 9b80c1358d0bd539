package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WakeupTest {
    private static final byte[] DATA = {'x'};
    private static final Duration FOREVER = Patience.FOREVER;

    private final Wakeups wakeups = Wakeups.start();
    private final EventLog log = new EventLog("e", Retention.newest(64, Long.MAX_VALUE), wakeups);

    @AfterEach
    void stop() {
        wakeups.close();
    }

    @Test
    @DisplayName("R1 append racing await: no wake-up is lost in 100 000 rounds")
    void noWakeUpIsLost() throws InterruptedException {
        int rounds = Patience.rounds(100_000);
        long seed = System.nanoTime();
        var random = new Random(seed);
        var read = new Semaphore(1);
        List<Callable<Boolean>> both = List.of(
                () -> {
                    try (Cursor cursor = log.cursorAfter(0)) {
                        while (cursor.position() < rounds) {
                            assertThat(cursor.await(FOREVER))
                                    .as("seed %d, after event %d", seed, cursor.position())
                                    .isTrue();
                            cursor.read(1);
                            read.release();
                        }
                    }
                    return true;
                },
                () -> {
                    for (int i = 0; i < rounds; i++) {
                        read.acquire();
                        for (int spin = random.nextInt(50); spin > 0; spin--) {
                            Thread.onSpinWait();
                        }
                        log.append("token", DATA);
                    }
                    return true;
                });

        Together.run(both);

        assertThat(log.readers()).isZero();
    }

    @Test
    @DisplayName("R1 a waiting reader is woken while others come and go")
    void comingAndGoingHidesNobody() throws InterruptedException {
        int rounds = Patience.rounds(10_000);
        var read = new Semaphore(1);
        var over = new AtomicBoolean();
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 3; i++) {
            tasks.add(() -> {
                while (!over.get()) {
                    for (int n = 0; n < 50; n++) {
                        log.cursorAfter(0).close();
                    }
                    LockSupport.parkNanos(1); // lets the others run
                }
                return true;
            });
        }
        tasks.add(() -> {
            try (Cursor cursor = log.cursorAfter(0)) {
                while (cursor.position() < rounds) {
                    assertThat(cursor.await(FOREVER)).isTrue();
                    cursor.read(1);
                    read.release();
                }
            } finally {
                over.set(true);
                read.release(rounds);
            }
            return true;
        });
        tasks.add(() -> {
            for (int i = 0; i < rounds && !over.get(); i++) {
                read.acquire();
                log.append("token", DATA);
            }
            return true;
        });

        Together.run(tasks);

        assertThat(log.readers()).isZero();
    }

    @Test
    @DisplayName("R1 one append wakes all of 1 000 waiting readers")
    void oneAppendWakesAll() throws InterruptedException {
        var ready = new CountDownLatch(1_000);
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(() -> {
                try (Cursor cursor = log.cursorAfter(0)) {
                    ready.countDown();
                    return cursor.await(FOREVER);
                }
            });
        }
        tasks.add(() -> {
            ready.await();
            log.append("token", DATA);
            return true;
        });

        assertThat(Together.run(tasks)).doesNotContain(false);
    }

    @Test
    @DisplayName("R14 the end wakes a reader that has read all")
    void endWakes() throws InterruptedException {
        Cursor cursor = log.cursorAfter(0);
        List<Boolean> readable = Together.run(List.of(() -> cursor.await(FOREVER), () -> log.end("done", DATA) < 0));

        assertThat(readable.getFirst()).isTrue();
        assertThat(cursor.read(1_000).ends()).isTrue();
        assertThat(cursor.finished()).isTrue();
        assertThat(cursor.await(FOREVER)).isFalse();
    }

    @Test
    void awaitEndsAtItsTimeOut() throws InterruptedException {
        assertThat(log.cursorAfter(0).await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void awaitTakesTheLongestDuration() throws InterruptedException {
        log.append("token", DATA);

        assertThat(log.cursorAfter(0).await(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @Test
    void interruptEndsThisAndEveryLaterAwait() throws InterruptedException {
        Cursor cursor = log.cursorAfter(0);
        Together.run(List.of(() -> cursor.await(FOREVER), () -> {
            cursor.interrupt();
            return true;
        }));

        assertThat(cursor.await(FOREVER)).isFalse();
    }

    @Test
    void interruptWakesAWaitingReader() throws InterruptedException {
        Cursor cursor = log.cursorAfter(0);
        var readable = new AtomicBoolean(true);
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                readable.set(cursor.await(FOREVER));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (reader.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(100_000);
        }

        cursor.interrupt();

        assertThat(reader.join(FOREVER.dividedBy(2))).isTrue();
        assertThat(readable).isFalse();
    }

    @Test
    void closedWakersEndTheirThreads() throws InterruptedException {
        var closing = Wakeups.start();
        List<Thread> started = closing.threads();
        assertThat(started).isNotEmpty();

        closing.close();

        for (Thread each : started) {
            assertThat(each.join(FOREVER)).isTrue();
        }
    }

    @Test
    void interruptedThreadLeavesTheWait() {
        Cursor cursor = log.cursorAfter(0);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> cursor.await(FOREVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @DisplayName("R12 what was signalled before the wakers are closed is still woken")
    void closeFinishesWhatWasSignalled() throws InterruptedException {
        for (int round = 0; round < Patience.rounds(200); round++) {
            var closing = Wakeups.start();
            var logs = new ArrayList<EventLog>();
            var tasks = new ArrayList<Callable<Boolean>>();
            var ready = new CountDownLatch(20);
            for (int i = 0; i < 20; i++) {
                var each = new EventLog("e", Retention.whole(1_000), closing);
                logs.add(each);
                tasks.add(() -> {
                    try (Cursor cursor = each.cursorAfter(0)) {
                        ready.countDown();
                        return cursor.await(FOREVER);
                    }
                });
            }
            tasks.add(() -> {
                ready.await();
                logs.forEach(each -> each.end("done", DATA));
                closing.close();
                return true;
            });
            long started = System.nanoTime();

            assertThat(Together.run(tasks)).doesNotContain(false);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(FOREVER);
        }
    }

    @Test
    void appendsGoOnAfterTheWakersAreClosed() {
        Cursor cursor = log.cursorAfter(0);
        wakeups.close();
        wakeups.close();

        log.append("token", DATA);

        assertThat(cursor.read(1_000).entries()).hasSize(1);
    }
}
