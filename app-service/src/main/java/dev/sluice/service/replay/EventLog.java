package dev.sluice.service.replay;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseFrames;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log of events: append once, read from anywhere, any number of times, while it grows.
///
/// Events are encoded when they are appended and their bytes are shared by all readers. A reader is a [Cursor]: a
/// number, not a queue, so memory is bounded by the [Retention] whatever the number of readers, and no reader can slow
/// the publisher or another reader.
///
/// Invariants:
/// - `ring[seq & (ring.length - 1)]` holds the entry `seq` for each `first <= seq <= last`;
/// - an entry is in the ring before `last` says so, and `first` moves past an entry before its slot is cleared, so a
///   reader that finds another entry, or none, in a slot knows that its own was trimmed or that it holds an old ring;
/// - there is at most one terminal entry and it is the last.
///
/// Thread-safe; appends from several threads are put in some order.
public final class EventLog {
    private static final int INITIAL_SLOTS = 16;

    private final String epoch;
    private final Retention retention;
    private final Wakeups wakeups;
    private final Runnable betweenSteps;
    private final ReaderShard[] shards;
    private final AtomicInteger nextShard = new AtomicInteger();
    private final ReentrantLock appending = new ReentrantLock();

    private volatile @Nullable LogEntry[] ring = new @Nullable LogEntry[INITIAL_SLOTS];
    private volatile long first = 1;
    private volatile long last;
    private volatile boolean ended;
    private volatile long keptBytes;
    private long totalBytes; // guarded by appending

    /// Creates an empty log.
    ///
    /// @param epoch names this life of the log; part of every event's id
    public EventLog(String epoch, Retention retention, Wakeups wakeups) {
        this(epoch, retention, wakeups, () -> {});
    }

    /// @param betweenSteps called between any two steps of the hand-over from the appender to a reader: tests change
    ///     threads there
    EventLog(String epoch, Retention retention, Wakeups wakeups, Runnable betweenSteps) {
        this.epoch = epoch;
        this.retention = retention;
        this.wakeups = wakeups;
        this.betweenSteps = betweenSteps;
        this.shards = wakeups.newShards();
    }

    /// Appends an event and returns its number.
    ///
    /// @param type the event's name
    /// @param data its payload in UTF-8
    /// @throws LogClosedException if the log has ended
    /// @throws LogFullException if the log would exceed its byte limit; the terminal event still fits
    public long append(String type, byte[] data) {
        return append(type, data, false);
    }

    /// Appends the terminal event and returns its number; the log takes no more.
    ///
    /// @throws LogClosedException if the log has already ended
    public long end(String type, byte[] data) {
        return append(type, data, true);
    }

    /// Opens the log at a client's cursor.
    ///
    /// @param lastEventId what the client sent, unchecked; null or empty for none
    public Opening open(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return new Opening(cursorAfter(0), null, false);
        }
        var parsed = EventId.parse(lastEventId);
        if (parsed.isEmpty()) {
            return new Opening(cursorAfter(0), "garbage", false);
        }
        EventId id = parsed.get();
        if (!id.epoch().equals(epoch)) {
            return new Opening(cursorAfter(0), "epoch", false);
        }
        boolean hasEnded = ended; // before last: an end seen here is counted in last
        betweenSteps.run();
        long newest = last;
        if (id.seq() > newest) {
            return new Opening(cursorAfter(0), "future", false);
        }
        return new Opening(cursorAfter(id.seq()), null, hasEnded && id.seq() == newest);
    }

    /// Opens a cursor that reads what comes after event `seq`.
    ///
    /// @param seq 0 for all
    public Cursor cursorAfter(long seq) {
        if (seq < 0) {
            throw new IllegalArgumentException("a cursor's place must not be negative: " + seq);
        }
        ReaderShard shard = shards[Math.floorMod(nextShard.getAndIncrement(), shards.length)];
        var cursor = new Cursor(this, shard, seq);
        shard.add(cursor);
        return cursor;
    }

    public String epoch() {
        return epoch;
    }

    /// Returns the number of the oldest event kept; one more than [#last] if none is.
    public long first() {
        return first;
    }

    /// Returns the number of the newest event; 0 if there is none.
    public long last() {
        return last;
    }

    /// Returns whether the terminal event is there.
    public boolean ended() {
        return ended;
    }

    /// Returns the bytes held in memory.
    public long keptBytes() {
        return keptBytes;
    }

    /// Returns how many cursors are open.
    public int readers() {
        int sum = 0;
        for (ReaderShard shard : shards) {
            sum += shard.size();
        }
        return sum;
    }

    /// Returns the event `seq`, or null if it is trimmed or not there yet.
    @Nullable
    LogEntry entry(long seq) {
        if (seq > last) {
            return null;
        }
        betweenSteps.run();
        @Nullable LogEntry[] slots = ring; // after last, so it is at least the ring that holds seq
        betweenSteps.run();
        LogEntry entry = slots[(int) (seq & (slots.length - 1))];
        return entry != null && entry.seq() == seq ? entry : null;
    }

    private long append(String type, byte[] data, boolean terminal) {
        long seq;
        appending.lock();
        try {
            if (ended) {
                throw new LogClosedException(epoch);
            }
            seq = last + 1;
            byte[] frame = SseFrames.event(new EventId(epoch, seq).toString(), type, data);
            if (!terminal && totalBytes + frame.length > retention.maxBytes()) {
                throw new LogFullException(epoch, retention.maxBytes());
            }
            keptBytes = makeRoom(frame.length) + frame.length;
            @Nullable LogEntry[] slots = ring;
            slots[(int) (seq & (slots.length - 1))] = new LogEntry(seq, frame, terminal);
            totalBytes += frame.length;
            betweenSteps.run();
            last = seq;
            betweenSteps.run();
            ended = terminal;
        } finally {
            appending.unlock();
        }
        betweenSteps.run();
        wakeups.signal(shards);
        return seq;
    }

    /// Trims what retention no longer keeps once `coming` bytes are added, and grows the ring if it is full.
    ///
    /// @return the bytes still held
    private long makeRoom(int coming) {
        @Nullable LogEntry[] slots = ring;
        long oldest = first;
        long newest = last;
        long held = keptBytes;
        while (oldest <= newest
                && (newest - oldest + 1 >= retention.keepEvents() || held + coming > retention.keepBytes())) {
            int slot = (int) (oldest & (slots.length - 1));
            LogEntry trimmed = slots[slot];
            oldest++;
            betweenSteps.run();
            first = oldest; // before the slot is cleared: see the invariants
            betweenSteps.run();
            slots[slot] = null;
            held -= trimmed == null ? 0 : trimmed.frame().length;
        }
        if (newest - oldest + 1 == slots.length) {
            var larger = new @Nullable LogEntry[slots.length * 2];
            for (long seq = oldest; seq <= newest; seq++) {
                larger[(int) (seq & (larger.length - 1))] = slots[(int) (seq & (slots.length - 1))];
            }
            betweenSteps.run();
            ring = larger;
            betweenSteps.run();
        }
        return held;
    }
}
