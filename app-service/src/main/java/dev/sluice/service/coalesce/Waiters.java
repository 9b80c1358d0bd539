package dev.sluice.service.coalesce;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Those who wait for the end of one flight, in the order in which they came. Thread-safe.
///
/// They are linked to each other, so that coming and going costs no memory, and are woken in a row: a set
/// would have ten thousand of them woken in the order of their hashes, each with its stack in another
/// corner of the heap.
final class Waiters<R> {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Attachment<R> first; // these three guarded by lock
    private @Nullable Attachment<R> last;
    private boolean over;

    /// Adds one that is not among them, unless all were woken.
    void add(Attachment<R> waiter) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            Attachment<R> end = last;
            waiter.before = end;
            last = waiter;
            if (end == null) {
                first = waiter;
            } else {
                end.after = waiter;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Removes one that was added, unless all were woken.
    void remove(Attachment<R> waiter) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            Attachment<R> before = waiter.before;
            Attachment<R> after = waiter.after;
            if (before == null) {
                first = after;
            } else {
                before.after = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.before = before;
            }
            waiter.before = null;
            waiter.after = null;
        } finally {
            lock.unlock();
        }
    }

    /// Wakes all; nobody can be added from now on.
    void wakeAll() {
        Attachment<R> waiter = close();
        while (waiter != null) { // the links are this thread's alone now
            Attachment<R> next = waiter.after;
            waiter.before = null; // one that is held long must not hold the others
            waiter.after = null;
            waiter.wake();
            waiter = next;
        }
    }

    private @Nullable Attachment<R> close() {
        lock.lock();
        try {
            Attachment<R> head = first;
            over = true;
            first = null;
            last = null;
            return head;
        } finally {
            lock.unlock();
        }
    }
}
