package dev.sluice.service.replay;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Some of the open cursors of one log, served by one waker.
///
/// Invariant: a cursor that waits has announced itself before it looked for events, and a signal is sent
/// after the event is visible; so either the cursor sees the event or the signal sees the cursor.
final class ReaderShard implements Waker.Errand {
    private final Waker waker;
    private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
    /// Counted apart: the set's own size is a sum over cells and may read 0 while others come and go.
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean signalled = new AtomicBoolean();

    ReaderShard(Waker waker) {
        this.waker = waker;
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

    /// Notes that one of its cursors has its events handed over.
    void relays() {
        waker.relays(this);
    }

    /// Has its cursors woken, unless that is going to happen anyway.
    void signal() {
        if (open.get() > 0 && !signalled.get() && signalled.compareAndSet(false, true)) {
            waker.send(this);
        }
    }

    /// Wakes its cursors.
    @Override
    public void run(Waker.Worker worker) {
        signalled.set(false);
        for (Cursor cursor : cursors) {
            if (!worker.next()) {
                return; // whoever has taken over begins again
            }
            cursor.wake(worker);
        }
    }

    void breakSilences(Waker.Worker worker, long next) {
        for (Cursor cursor : cursors) {
            if (cursor.silentUntil(next)) {
                if (!worker.next()) {
                    return;
                }
                cursor.breakSilence(worker, next);
            }
        }
    }
}
