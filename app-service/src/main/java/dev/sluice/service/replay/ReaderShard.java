package dev.sluice.service.replay;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Some of the open cursors of one log, woken together by one thread.
///
/// Invariant: a cursor that waits has announced itself before it looked for events, and a signal is sent after the
/// event is visible; so either the cursor sees the event or the signal sees the cursor.
final class ReaderShard {
    private final int index;
    private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
    /// Counted apart: the set's own size is a sum over cells and may read 0 while others come and go.
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean signalled = new AtomicBoolean();

    ReaderShard(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    void add(Cursor cursor) {
        open.getAndIncrement();
        cursors.add(cursor);
    }

    void remove(Cursor cursor) {
        if (cursors.remove(cursor)) {
            open.getAndDecrement();
        }
    }

    int size() {
        return open.get();
    }

    /// Returns whether the caller must hand this shard over: true once until [#wake] runs.
    boolean claimSignal() {
        return open.get() > 0 && !signalled.get() && signalled.compareAndSet(false, true);
    }

    void wake() {
        signalled.set(false);
        for (Cursor cursor : cursors) {
            cursor.wake();
        }
    }
}
