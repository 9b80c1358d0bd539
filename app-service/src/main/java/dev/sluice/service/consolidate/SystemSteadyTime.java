package dev.sluice.service.consolidate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The machine's monotonic clock. Thread-safe.
public final class SystemSteadyTime implements SteadyTime {
    private final Instant start;
    private final long startNanos = System.nanoTime();

    /// @param wall the wall clock's time now
    public SystemSteadyTime(Instant wall) {
        this.start = wall.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Instant now() {
        return start.plusMillis((System.nanoTime() - startNanos) / 1_000_000);
    }

    @Override
    public Alarm alarm(Runnable ring) {
        return new ThreadAlarm(ring);
    }

    /// One platform thread that sleeps until the time that was set, however far that is.
    private final class ThreadAlarm implements Alarm {
        private final Runnable ring;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private Instant at = Instant.MAX;
        private boolean closed;

        ThreadAlarm(Runnable ring) {
            this.ring = ring;
            Thread.ofPlatform().daemon().name("window-alarm").start(this::serve);
        }

        @Override
        public void set(Instant time) {
            change(time, false);
        }

        @Override
        public void unset() {
            change(Instant.MAX, false);
        }

        @Override
        public void close() {
            change(Instant.MAX, true);
        }

        private void change(Instant time, boolean last) {
            lock.lock();
            try {
                at = time;
                closed |= last;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        private void serve() {
            while (awaited()) {
                ring.run();
            }
        }

        /// Waits for the time to come, or the end.
        private boolean awaited() {
            lock.lock();
            try {
                while (!closed) {
                    if (at.equals(Instant.MAX)) {
                        changed.await();
                        continue;
                    }
                    Duration left = Duration.between(now(), at);
                    if (!left.isPositive()) {
                        at = Instant.MAX;
                        return true;
                    }
                    var _ = changed.awaitNanos(left.toNanos());
                }
                return false;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }
    }
}
