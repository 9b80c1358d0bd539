package dev.sluice.service.replay;

import dev.sluice.service.replay.Batch.Gap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One reader's place in a log.
///
/// Used by one thread at a time, but for [#interrupt], which any thread may call. Close it when done.
public final class Cursor implements AutoCloseable {
    private static final int RELAYED_BYTES = 64 << 10;
    /// How long a reader that kept others waiting is served by its own thread.
    private static final Duration ALONE = Duration.ofMinutes(1);

    private final EventLog log;
    private final ReaderShard shard;
    private final Wakeups wakeups;
    private long position;
    private long aloneUntilNanos;
    private boolean alone;
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Relay relay;
    private volatile boolean interrupted;

    Cursor(EventLog log, ReaderShard shard, Wakeups wakeups, long position) {
        this.log = log;
        this.shard = shard;
        this.wakeups = wakeups;
        this.position = position;
    }

    /// Returns the number of the last event read or skipped.
    public long position() {
        return position;
    }

    /// Reads what is there, without waiting.
    ///
    /// @param maxBytes stops before exceeding it, but always reads one event if there is one
    public Batch read(int maxBytes) {
        Gap gap = null;
        while (readable()) {
            List<LogEntry> held = held(maxBytes);
            if (!held.isEmpty()) {
                return new Batch(gap, List.copyOf(held));
            }
            Batch stored = readStored(maxBytes);
            if (stored != null) {
                return stored;
            }
            gap = skipTrimmed(gap);
        }
        return new Batch(gap, List.of());
    }

    /// Waits until there is something to read, the log has ended, the time is up, or [#interrupt] is
    /// called.
    ///
    /// @return whether there is something to read
    public boolean await(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        waiting = Thread.currentThread();
        try {
            while (!readable() && !interrupted && !log.ended()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting = null;
        }
        return readable();
    }

    /// Waits as [#await] does, with no end of its own: what comes meanwhile is handed to `receiver` by
    /// another thread, which serves many readers. Returns when the caller must look itself: there is
    /// something to read that memory does not hold, the log has ended, the receiver wants no more, or
    /// [#interrupt] was called.
    ///
    /// Once a receiver has kept other readers waiting, nothing is handed over for a minute: this returns as
    /// [#await] does, and the caller reads itself.
    ///
    /// @param silence after how long without an event `receiver` is told so, or a little earlier
    /// @throws RuntimeException what `receiver` threw
    public void relay(Receiver receiver, Duration silence) throws InterruptedException {
        if (alone && aloneUntilNanos - System.nanoTime() > 0) {
            if (!await(silence) && !interrupted && !log.ended()) {
                receiver.idle();
            }
            return;
        }
        alone = false;
        long nanos = TimeUnit.NANOSECONDS.convert(silence);
        wakeups.mindSilence(nanos);
        shard.relays();
        var lent = new Relay(this, receiver, nanos);
        relay = lent;
        try {
            lent.lend();
        } finally {
            relay = null;
        }
    }

    /// Makes this and every later [#await] and [#relay] return at once: the reader is wanted elsewhere.
    public void interrupt() {
        interrupted = true;
        Relay lent = relay;
        if (lent != null) {
            lent.recall();
        }
        unpark();
    }

    /// Returns whether the reader has read everything and nothing more can come.
    public boolean finished() {
        return log.ended() && position >= log.last();
    }

    @Override
    public void close() {
        shard.remove(this);
    }

    /// Called by a waker after each signal.
    void wake(Waker.Worker worker) {
        Relay lent = relay;
        if (lent == null || !lent.deliver(worker)) {
            unpark();
        }
    }

    /// Tells whether its silence would last too long if it is not broken before `next`, on the nano clock.
    boolean silentUntil(long next) {
        Relay lent = relay;
        return lent != null && lent.silentUntil(next);
    }

    /// Called by a waker now and then.
    ///
    /// @param next when it is called again, on the nano clock
    void breakSilence(Waker.Worker worker, long next) {
        Relay lent = relay;
        if (lent != null) {
            lent.breakSilence(worker, next);
        }
    }

    /// Tells whether the reader's own thread has something to do.
    boolean wanted() {
        return readable() || interrupted || log.ended();
    }

    /// Hands over what is there to read, as long as the worker has its work.
    ///
    /// @return false if the reader's own thread must go on
    boolean handOver(Receiver receiver, Waker.Worker worker) {
        boolean more = true;
        while (more && readable()) {
            List<LogEntry> entries = held(RELAYED_BYTES);
            more = !entries.isEmpty() && receiver.take(entries);
            if (worker.relieved()) {
                alone = true;
                aloneUntilNanos = System.nanoTime() + ALONE.toNanos();
                return false;
            }
        }
        return more && !interrupted && !log.ended();
    }

    private void unpark() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private boolean readable() {
        return position < log.last();
    }

    /// Reads what memory holds from here on, up to a hole: the next read looks elsewhere or reports it.
    private List<LogEntry> held(int maxBytes) {
        var entries = new ArrayList<LogEntry>(1);
        long bytes = 0;
        while (readable()) {
            LogEntry entry = log.entry(position + 1);
            if (entry == null) {
                break;
            }
            bytes += entry.frame().length;
            if (bytes > maxBytes && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
            position++;
        }
        return entries;
    }

    /// Reads what memory no longer holds; null if it is in memory after all, or in no store.
    private @Nullable Batch readStored(int maxBytes) {
        if (log.first() <= position + 1) {
            return null;
        }
        List<LogEntry> stored = log.fromStore(position, maxBytes);
        if (stored.isEmpty()) {
            return null;
        }
        long requested = position + 1;
        long found = stored.getFirst().seq();
        position = stored.getLast().seq();
        return new Batch(found == requested ? null : new Gap(requested, found, log.last(), found - requested), stored);
    }

    private @Nullable Gap skipTrimmed(@Nullable Gap before) {
        long first = log.first();
        if (first <= position + 1) {
            return before; // a stale ring was read; the next look sees the new one
        }
        long requested = before == null ? position + 1 : before.requested();
        position = first - 1;
        return new Gap(requested, first, log.last(), first - requested);
    }
}
