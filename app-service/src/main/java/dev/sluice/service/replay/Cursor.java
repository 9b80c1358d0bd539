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
    private final EventLog log;
    private final ReaderShard shard;
    private long position;
    private volatile @Nullable Thread waiting;
    private volatile boolean interrupted;

    Cursor(EventLog log, ReaderShard shard, long position) {
        this.log = log;
        this.shard = shard;
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
        var entries = new ArrayList<LogEntry>();
        long bytes = 0;
        while (position < log.last()) {
            LogEntry entry = log.entry(position + 1);
            if (entry == null) {
                if (!entries.isEmpty()) {
                    break; // deliver what came before the hole; the next read looks elsewhere or reports it
                }
                Batch stored = readStored(maxBytes);
                if (stored != null) {
                    return stored;
                }
                gap = skipTrimmed(gap);
                continue;
            }
            bytes += entry.frame().length;
            if (bytes > maxBytes && !entries.isEmpty()) {
                break;
            }
            entries.add(entry);
            position++;
        }
        return new Batch(gap, List.copyOf(entries));
    }

    /// Waits until there is something to read, the log has ended, the time is up, or [#interrupt] is called.
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

    /// Makes this and every later [#await] return at once: the reader is wanted elsewhere.
    public void interrupt() {
        interrupted = true;
        wake();
    }

    /// Returns whether the reader has read everything and nothing more can come.
    public boolean finished() {
        return log.ended() && position >= log.last();
    }

    @Override
    public void close() {
        shard.remove(this);
    }

    void wake() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private boolean readable() {
        return position < log.last();
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
