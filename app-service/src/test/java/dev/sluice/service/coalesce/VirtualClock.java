package dev.sluice.service.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A clock that moves only when a test says so; tasks that become due run on the thread that moves it.
///
/// Thread-safe.
public final class VirtualClock implements Clock {
    private record Task(long due, long order, Runnable action) {}

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
    private long nanos;
    private long scheduled;
    private boolean closed;

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanoTime());
    }

    @Override
    public void after(Duration delay, Runnable task) {
        lock.lock();
        try {
            if (!closed) {
                tasks.add(new Task(nanos + delay.toNanos(), scheduled++, task));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Moves time forward, stopping at each task that becomes due on the way to run it.
    public void advance(Duration by) {
        long target = nanoTime() + by.toNanos();
        for (Task next = nextDue(target); next != null; next = nextDue(target)) {
            next.action().run();
        }
    }

    /// Returns how many tasks wait for their time.
    public int pending() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Task nextDue(long target) {
        lock.lock();
        try {
            Task next = tasks.peek();
            if (next == null || next.due() > target) {
                nanos = Math.max(nanos, target);
                return null;
            }
            nanos = Math.max(nanos, next.due());
            return tasks.poll();
        } finally {
            lock.unlock();
        }
    }
}
