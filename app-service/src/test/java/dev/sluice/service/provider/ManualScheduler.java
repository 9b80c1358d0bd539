package dev.sluice.service.provider;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/// Time that moves only when a test says so; alarms ring on the thread that moves it. Thread-safe.
public final class ManualScheduler implements Scheduler {
    private record Ring(long at, long number, Runnable action) {}

    private final TreeSet<Ring> rings =
            new TreeSet<>(Comparator.comparingLong(Ring::at).thenComparingLong(Ring::number));
    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private long numbers;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Alarm schedule(long delayNanos, Runnable action) {
        var ring = new Ring(elapsed() + Math.max(0, delayNanos), numbers++, action);
        rings.add(ring);
        return () -> cancel(ring);
    }

    /// Moves time on, ringing each alarm at its own time.
    public void advance(Duration step) {
        long end = plus(step.toNanos());
        for (var ring = nextUntil(end); ring.isPresent(); ring = nextUntil(end)) {
            ring.get().action().run();
        }
        moveTo(end);
    }

    /// Returns how many alarms are set.
    public synchronized int alarms() {
        return rings.size();
    }

    // the clock starts near its overflow, because a real one may; alarms are kept by elapsed time
    private long elapsed() {
        return now - (Long.MAX_VALUE - 1_000_000_000L);
    }

    private synchronized long plus(long nanos) {
        return elapsed() + nanos;
    }

    private synchronized void moveTo(long elapsed) {
        now = Long.MAX_VALUE - 1_000_000_000L + elapsed;
    }

    private synchronized Optional<Ring> nextUntil(long end) {
        if (rings.isEmpty() || rings.first().at() > end) {
            return Optional.empty();
        }
        Ring ring = rings.removeFirst();
        moveTo(Math.max(elapsed(), ring.at()));
        return Optional.of(ring);
    }

    private synchronized void cancel(Ring ring) {
        rings.remove(ring);
    }
}
