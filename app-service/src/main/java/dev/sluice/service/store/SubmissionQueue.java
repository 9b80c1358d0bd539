package dev.sluice.service.store;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A bounded queue of units that can be closed: what was accepted is handed out, nothing is accepted afterwards.
///
/// Thread-safe.
final class SubmissionQueue {
    private final int capacity;
    private final ReentrantLock gate = new ReentrantLock();
    private final LinkedBlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private boolean closed;

    SubmissionQueue(int capacity) {
        this.capacity = capacity;
    }

    /// Accepts a unit, or throws [StoreUnavailableException] if the queue is full or closed.
    void add(Submission<?> submission) {
        gate.lock();
        try {
            if (closed) {
                throw new StoreUnavailableException(
                        Reason.CLOSED, "the database is closed, refused: " + submission.what(), null);
            }
            if (entries.size() >= capacity) {
                throw new StoreUnavailableException(
                        Reason.OVERLOADED, capacity + " units wait already, refused: " + submission.what(), null);
            }
            entries.add(new Entry(submission));
        } finally {
            gate.unlock();
        }
    }

    /// Refuses units from now on; each of `readers` threads learns it after the last unit.
    void close(int readers) {
        gate.lock();
        try {
            if (!closed) {
                closed = true;
                for (int i = 0; i < readers; i++) {
                    entries.add(new Entry(null));
                }
            }
        } finally {
            gate.unlock();
        }
    }

    /// Waits for units and moves up to `most` of them to `target`.
    ///
    /// @param patience how long to wait; null without end
    /// @return false when the queue is closed and this thread's work is done
    boolean take(Collection<Submission<?>> target, int most, @Nullable Duration patience) throws InterruptedException {
        var first = patience == null ? entries.take() : entries.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return true;
        }
        if (first.submission == null) {
            return false;
        }
        target.add(first.submission);
        // the closing entries stay behind for the next call
        while (target.size() < most && entries.peek() instanceof Entry(var next) && next != null) {
            entries.remove();
            target.add(next);
        }
        return true;
    }

    /// Removes and returns what nobody will serve any more.
    List<Submission<?>> drain() {
        var left = new ArrayList<Submission<?>>();
        for (var entry = entries.poll(); entry != null; entry = entries.poll()) {
            if (entry.submission != null) {
                left.add(entry.submission);
            }
        }
        return left;
    }

    /// Returns how many units wait.
    int depth() {
        return entries.size();
    }

    /// @param submission a unit; null closes
    private record Entry(@Nullable Submission<?> submission) {}
}
