package dev.sluice.service.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseFrames;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log of events: append once, read from anywhere, any number of times, while it grows.
///
/// Events are encoded when they are appended and their bytes are shared by all readers. A reader is a
/// [Cursor]: a number, not a queue, so memory is bounded by the [Retention] whatever the number of
/// readers, and no reader can slow the publisher or another reader.
///
/// A log with a [Journal] is stored as it grows; readers get what memory no longer holds from the store.
/// Its events are visible at once, its terminal event once everything before it, and it, are durable.
///
/// Invariants:
/// - there is at most one terminal entry and it is the last;
/// - what is not stored yet is in memory.
///
/// Thread-safe; appends from several threads are put in some order.
public final class EventLog {
    private static final byte[] NOT_STORED =
            "{\"type\":\"error\",\"error\":\"The session could not be stored and has ended.\"}".getBytes(UTF_8);

    private final String id;
    private final String epoch;
    private final Retention retention;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final Runnable betweenSteps;
    private final @Nullable Journal journal;
    private final Refusal refusal;
    private final Ring ring;
    private final AtomicReference<@Nullable Readers> readers = new AtomicReference<>(); // null before the first
    private final AtomicBoolean noted = new AtomicBoolean();
    private final ReentrantLock appending = new ReentrantLock();

    private volatile boolean ended;
    private volatile long stored;
    private long totalBytes; // these four guarded by appending
    private boolean closed;
    private boolean refused;
    private @Nullable LogEntry hidden;

    /// Creates an empty log that lives in memory only.
    ///
    /// @param epoch names this life of the log; part of every event's id
    public EventLog(String epoch, Retention retention, Wakeups wakeups) {
        this(epoch, retention, wakeups, () -> {});
    }

    /// @param betweenSteps called between any two steps of the hand-over from the appender to a reader:
    ///     tests change threads there
    EventLog(String epoch, Retention retention, Wakeups wakeups, Runnable betweenSteps) {
        this(epoch, epoch, 0, retention, wakeups, InstantSource.system(), null, Refusal.GO_ON, betweenSteps);
    }

    private EventLog(
            String id,
            String epoch,
            long last,
            Retention retention,
            Wakeups wakeups,
            InstantSource clock,
            @Nullable Journal journal,
            Refusal refusal,
            Runnable betweenSteps) {
        this.id = id;
        this.epoch = epoch;
        this.retention = retention;
        this.wakeups = wakeups;
        this.clock = clock;
        this.journal = journal;
        this.refusal = refusal;
        this.betweenSteps = betweenSteps;
        this.ring = new Ring(last + 1, retention, betweenSteps);
    }

    /// Creates an empty log that is stored as it grows.
    ///
    /// @param id the log's name in the store
    /// @param epoch names this life of the log; part of every event's id
    /// @param refusal what it does while the store takes nothing
    public static EventLog stored(
            String id,
            String epoch,
            Retention retention,
            Wakeups wakeups,
            InstantSource clock,
            Journal journal,
            Refusal refusal) {
        return new EventLog(id, epoch, 0, retention, wakeups, clock, journal, refusal, () -> {});
    }

    /// Goes on with a log that the store has a part of and no process writes any more.
    ///
    /// @param epoch a new one: events that were shown and not stored must not be followed by others under
    ///     their ids
    /// @param last the number of the newest event stored
    public static EventLog continued(
            String id,
            String epoch,
            long last,
            Retention retention,
            Wakeups wakeups,
            InstantSource clock,
            Journal journal) {
        var log = new EventLog(id, epoch, last, retention, wakeups, clock, journal, Refusal.END, () -> {});
        log.stored = last;
        return log;
    }

    /// Returns a log that has ended and is in the store alone.
    ///
    /// @param last the number of its terminal event
    public static EventLog ended(String id, String epoch, long last, Wakeups wakeups, Journal journal) {
        var log = new EventLog(
                id,
                epoch,
                last,
                Retention.newest(1, 1),
                wakeups,
                InstantSource.system(),
                journal,
                Refusal.GO_ON,
                () -> {});
        log.stored = last;
        log.closed = true;
        log.ended = true;
        return log;
    }

    /// Appends an event and returns its number.
    ///
    /// @param type the event's name
    /// @param data its payload in UTF-8
    /// @throws LogClosedException if the log has ended, also because it could not be stored
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
        return Opening.of(this, lastEventId, betweenSteps);
    }

    /// Opens a cursor that reads what comes after event `seq`.
    ///
    /// @param seq 0 for all
    public Cursor cursorAfter(long seq) {
        if (seq < 0) {
            throw new IllegalArgumentException("a cursor's place must not be negative: " + seq);
        }
        return readersOrNew().open(this, seq);
    }

    public String epoch() {
        return epoch;
    }

    /// Returns the number of the oldest event in memory; one more than [#last] if none is.
    public long first() {
        return ring.first();
    }

    /// Returns the number of the newest visible event; 0 if there is none.
    public long last() {
        return ring.last();
    }

    /// Returns whether the terminal event is there and visible.
    public boolean ended() {
        return ended;
    }

    /// Returns the bytes held in memory.
    public long keptBytes() {
        return ring.bytes();
    }

    /// Returns the number of the newest event that is durable; 0 if none is, or the log lives in memory
    /// only.
    public long storedUpTo() {
        return stored;
    }

    /// Returns how many cursors are open.
    public int readers() {
        Readers all = readers.get();
        return all == null ? 0 : all.count();
    }

    String id() {
        return id;
    }

    /// Returns the event `seq`, or null if it is not in memory.
    @Nullable
    LogEntry entry(long seq) {
        return ring.get(seq);
    }

    /// Returns stored events after `after`; empty if there are none.
    List<LogEntry> fromStore(long after, int maxBytes) {
        return journal == null ? List.of() : journal.store().read(id, epoch, after, maxBytes);
    }

    private Readers readersOrNew() {
        Readers present = readers.get();
        if (present != null) {
            return present;
        }
        var created = new Readers(wakeups);
        Readers first = readers.compareAndExchange(null, created);
        return first == null ? created : first;
    }

    /// Called after what is there to read became visible: if there are no readers yet, the first one will
    /// see it.
    private void wakeReaders() {
        Readers all = readers.get();
        betweenSteps.run();
        if (all != null) {
            all.wake();
        }
    }

    private long append(String type, byte[] data, boolean terminal) {
        long seq;
        appending.lock();
        try {
            if (closed) {
                throw new LogClosedException(epoch);
            }
            seq = ring.last() + 1;
            byte[] frame = SseFrames.event(new EventId(epoch, seq).toString(), type, data);
            if (!terminal && totalBytes + frame.length > retention.maxBytes()) {
                throw new LogFullException(epoch, retention.maxBytes());
            }
            totalBytes += frame.length;
            var entry = new LogEntry(seq, now(), type, frame, terminal);
            closed = terminal;
            if (terminal && journal != null && !refused) {
                hidden = entry;
            } else {
                show(entry);
            }
        } finally {
            appending.unlock();
        }
        if (journal != null) {
            journal.note(this);
        }
        betweenSteps.run();
        wakeReaders();
        return seq;
    }

    /// As exactly as it can be stored, so that an event's time is the same before and after.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void show(LogEntry entry) {
        ring.add(entry, journal == null ? Long.MAX_VALUE : stored);
        ended = entry.terminal();
    }

    /// Returns true once until [#markStored], [#markRefused] or [#release]: the caller must then queue
    /// the log.
    boolean claimNote() {
        return !noted.get() && noted.compareAndSet(false, true);
    }

    /// Returns what is not stored yet, oldest first; empty if all is.
    ///
    /// @param maxBytes stops before exceeding it, but always returns one event if there is one
    List<LogEntry> unstored(int maxBytes) {
        appending.lock();
        try {
            var entries = new ArrayList<LogEntry>();
            long bytes = 0;
            for (long seq = stored + 1; seq <= ring.last(); seq++) {
                LogEntry entry = ring.get(seq);
                if (entry == null) {
                    throw new IllegalStateException("event " + seq + " of " + id + " was trimmed before it was stored");
                }
                bytes += entry.frame().length;
                if (bytes > maxBytes && !entries.isEmpty()) {
                    return entries;
                }
                entries.add(entry);
            }
            LogEntry end = hidden;
            if (end != null && (entries.isEmpty() || bytes + end.frame().length <= maxBytes)) {
                entries.add(end);
            }
            return entries;
        } finally {
            appending.unlock();
        }
    }

    /// Lets the log be queued again; what was appended before is looked for after this.
    void release() {
        noted.set(false);
    }

    /// Notes that everything up to `seq` is durable, and shows the terminal event if that is it.
    ///
    /// @return whether anything is left to store
    boolean markStored(long seq) {
        release();
        boolean left;
        appending.lock();
        try {
            LogEntry end = hidden;
            if (end != null && end.seq() == seq) {
                hidden = null;
                show(end);
            }
            ring.trim(seq);
            stored = seq;
            refused = false;
            left = hidden != null || stored < ring.last();
        } finally {
            appending.unlock();
        }
        if (ended) {
            wakeReaders();
        }
        return left;
    }

    /// Notes that the store does not take this log's events: nobody is kept waiting for the end.
    void markRefused() {
        release();
        appending.lock();
        try {
            refused = true;
            LogEntry end = hidden;
            if (end == null && !closed && refusal == Refusal.END) {
                long seq = ring.last() + 1;
                byte[] frame = SseFrames.event(new EventId(epoch, seq).toString(), "error", NOT_STORED);
                end = new LogEntry(seq, now(), "error", frame, true);
                closed = true;
            }
            hidden = null;
            if (end != null) {
                show(end);
            }
        } finally {
            appending.unlock();
        }
        wakeReaders();
    }
}
