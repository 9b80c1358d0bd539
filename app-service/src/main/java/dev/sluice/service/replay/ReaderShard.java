package dev.sluice.service.replay;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Some of the open cursors of one log, woken together by one thread.
///
/// Invariant: a cursor that waits has announced itself before it looked for events, and a signal is sent after the
/// event is visible; so either the cursor sees the event or the signal sees the cursor.
final class ReaderShard {
    private final int index;
    private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean signalled = new AtomicBoolean();

    ReaderShard(int index) {
        this.index = index;
    }

    int index() {
        return index;
    }

    void add(Cursor cursor) {
        cursors.add(cursor);
    }

    void remove(Cursor cursor) {
        cursors.remove(cursor);
    }

    int size() {
        return cursors.size();
    }

    /// Returns whether the caller must hand this shard over: true once until [#wake] runs.
    boolean claimSignal() {
        return !cursors.isEmpty() && !signalled.get() && signalled.compareAndSet(false, true);
    }

    void wake() {
        signalled.set(false);
        for (Cursor cursor : cursors) {
            cursor.wake();
        }
    }
}
