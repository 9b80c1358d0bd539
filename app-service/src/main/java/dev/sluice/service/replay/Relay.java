package dev.sluice.service.replay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One reader's wait, during which a waking thread uses its cursor for it: thousands of readers are then
/// served by one thread in a row, instead of thousands of threads that wake for an event each.
///
/// Invariants:
/// - the cursor belongs to the reader's own thread while the state is `OWN`, to whoever claimed it while
///   it is `BUSY` or `AGAIN`, to nobody while it is `FREE`;
/// - a signal is never lost: it claims a free cursor, or leaves `AGAIN` behind for whoever has claimed it.
final class Relay {
    private static final int OWN = 0;
    private static final int FREE = 1;
    private static final int BUSY = 2;
    private static final int AGAIN = 3;

    private final Cursor cursor;
    private final Receiver receiver;
    private final long silenceNanos;
    private final Thread owner;
    private final AtomicInteger state = new AtomicInteger(OWN);
    private volatile boolean recalled;
    private long heardNanos;
    private @Nullable RuntimeException failure;

    /// Called by the reader's own thread.
    Relay(Cursor cursor, Receiver receiver, long silenceNanos) {
        this.cursor = cursor;
        this.receiver = receiver;
        this.silenceNanos = silenceNanos;
        this.owner = Thread.currentThread();
        this.heardNanos = System.nanoTime();
    }

    /// Lends the cursor to the waking threads, and waits until it is given back.
    void lend() throws InterruptedException {
        state.set(FREE);
        if (cursor.wanted()) { // announced first, looked second: see ReaderShard
            state.compareAndSet(FREE, OWN);
        }
        boolean stopped = false;
        while (state.get() != OWN) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                stopped = true;
                recall();
            }
        }
        if (stopped) {
            throw new InterruptedException();
        }
        if (failure != null) {
            throw failure;
        }
    }

    /// Has the cursor given back, at once or when whoever has claimed it is done. Any thread.
    void recall() {
        recalled = true;
        while (true) {
            int seen = state.get();
            if (seen == FREE && state.compareAndSet(FREE, OWN)) {
                LockSupport.unpark(owner);
                return;
            }
            if (seen == OWN || seen == AGAIN || (seen == BUSY && state.compareAndSet(BUSY, AGAIN))) {
                return;
            }
        }
    }

    /// Hands over what is there to read. Called by waking threads.
    ///
    /// @return false if the reader's own thread has the cursor
    boolean deliver(Waker.Worker worker) {
        while (true) {
            int seen = state.get();
            if (seen == OWN) {
                return false;
            }
            if (seen == FREE && state.compareAndSet(FREE, BUSY)) {
                serve(worker, false);
                return true;
            }
            if (seen == AGAIN || (seen == BUSY && state.compareAndSet(BUSY, AGAIN))) {
                return true;
            }
        }
    }

    /// Tells whether nothing came for so long that the silence would last too long before `next`. Only a
    /// hint while it is being handed something.
    boolean silentUntil(long next) {
        return next - heardNanos > silenceNanos;
    }

    /// Tells the receiver that nothing came, if that is so.
    void breakSilence(Waker.Worker worker, long next) {
        if (state.get() == FREE && state.compareAndSet(FREE, BUSY)) {
            serve(worker, silentUntil(next));
        }
    }

    private void serve(Waker.Worker worker, boolean silent) {
        boolean more;
        try {
            more = !silent || idle();
            do {
                state.set(BUSY);
                more = more && !recalled && handOver(worker);
            } while (more && !state.compareAndSet(BUSY, FREE));
        } catch (RuntimeException e) {
            failure = e; // the reader's own thread throws it
            more = false;
        }
        if (!more) {
            state.set(OWN);
            LockSupport.unpark(owner);
        }
    }

    private boolean idle() {
        heardNanos = System.nanoTime();
        return receiver.idle();
    }

    private boolean handOver(Waker.Worker worker) {
        long before = cursor.position();
        boolean more = cursor.handOver(receiver, worker);
        if (cursor.position() != before) {
            heardNanos = System.nanoTime();
        }
        return more;
    }
}
