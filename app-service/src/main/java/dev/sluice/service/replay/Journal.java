package dev.sluice.service.replay;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Stores what logs take in, many logs in one commit, without ever making a publisher wait.
///
/// A lone event is on its way at once; what is appended while a commit runs goes into the next. While the store takes
/// nothing, logs are told, and their events stay in memory and are tried again; of logs that have ended by then, as
/// many bytes as [#MAX_HELD_BYTES]; what ends beyond that is given up, counted and said.
///
/// Thread-safe.
public final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final int COMMIT_BYTES = 1 << 20;
    private static final int CHUNK_BYTES = 256 << 10;
    private static final Duration RETRY = Duration.ofMillis(500);
    /// What ended logs that the store did not take may hold in memory together.
    static final long MAX_HELD_BYTES = 64L << 20;

    private final LogStore store;
    private final Duration spacing;
    private final BlockingQueue<EventLog> waiting = new LinkedBlockingQueue<>();
    private final LongAdder commits = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final Map<EventLog, Long> held = new HashMap<>(); // this and its sum belong to the thread
    private long heldBytes;
    private final Thread thread;
    private volatile boolean refusing;
    private volatile boolean closing;
    private volatile boolean ended;

    private Journal(LogStore store, Duration spacing) {
        this.store = store;
        this.spacing = spacing;
        this.thread = Thread.ofVirtual().name("journal").unstarted(this::work);
    }

    /// Starts a journal.
    ///
    /// @param spacing the least time from the beginning of one commit to the next; a chunk holds what came in it
    public static Journal start(LogStore store, Duration spacing) {
        var journal = new Journal(store, spacing);
        journal.thread.start();
        return journal;
    }

    /// Returns how many commits were made.
    public long commits() {
        return commits.sum();
    }

    /// Returns how many events are durable.
    public long events() {
        return events.sum();
    }

    /// Returns how many commits the store did not take.
    public long refusals() {
        return refusals.sum();
    }

    /// Returns whether the store did not take the last commit.
    public boolean refusing() {
        return refusing;
    }

    /// Returns how many logs were given up because the store took nothing for too long.
    public long abandoned() {
        return abandoned.sum();
    }

    /// Returns how many logs wait to be stored.
    public int backlog() {
        return waiting.size();
    }

    /// Stores what is there, as far as the store takes it, and ends.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    LogStore store() {
        return store;
    }

    /// Puts a log in the queue unless it is there.
    void note(EventLog log) {
        if (log.claimNote()) {
            waiting.add(log);
            if (ended) {
                refuseWaiting();
            }
        }
    }

    /// Nobody is left waiting for what is not stored any more.
    private void refuseWaiting() {
        for (EventLog log = waiting.poll(); log != null; log = waiting.poll()) {
            log.markRefused();
        }
    }

    private void work() {
        try {
            commitUntilClosed();
            finish();
        } finally {
            ended = true;
            refuseWaiting();
        }
    }

    private void commitUntilClosed() {
        try {
            while (!closing) {
                EventLog first = waiting.take();
                long began = System.nanoTime();
                Duration pause = commit(first) ? spacing : RETRY;
                rest(pause.minusNanos(System.nanoTime() - began));
            }
        } catch (InterruptedException closed) {
            closing = true;
        }
    }

    /// The last round: whatever the store does not take now is lost with the process, as in any crash.
    private void finish() {
        for (EventLog log = waiting.poll(); log != null; log = waiting.poll()) {
            if (!commit(log)) {
                LOG.log(Level.ERROR, "event=logs_not_stored count=" + waiting.size());
                return;
            }
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (pause.isPositive() && !closing) {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
    }

    /// Stores what the waiting logs have, as much as one commit takes.
    ///
    /// @return false if the store did not take it
    private boolean commit(EventLog first) {
        var logs = new ArrayList<EventLog>();
        var chunks = new ArrayList<Chunk>();
        long bytes = 0;
        for (EventLog log = first; log != null; log = bytes < COMMIT_BYTES ? waiting.poll() : null) {
            List<LogEntry> entries = log.unstored(CHUNK_BYTES);
            if (entries.isEmpty()) {
                log.release();
                if (!log.unstored(1).isEmpty()) { // appended in between
                    note(log);
                }
            } else {
                logs.add(log);
                chunks.add(new Chunk(log.id(), log.epoch(), entries));
                bytes += entries.stream()
                        .mapToLong(entry -> entry.frame().length)
                        .sum();
            }
        }
        if (chunks.isEmpty()) {
            return true;
        }
        Throwable failure = append(chunks);
        refusing = failure != null;
        if (failure != null) {
            waiting.drainTo(logs); // none of their readers is to wait for many attempts before its own
            logs.forEach(log -> refused(log, failure));
            return false;
        }
        for (int i = 0; i < logs.size(); i++) {
            EventLog log = logs.get(i);
            release(log);
            if (log.markStored(chunks.get(i).last())) {
                note(log);
            }
        }
        return true;
    }

    private void refused(EventLog log, Throwable failure) {
        log.markRefused();
        long before = held.getOrDefault(log, 0L);
        long now = log.ended() ? log.keptBytes() : 0;
        if (heldBytes - before + now > MAX_HELD_BYTES) {
            release(log);
            LOG.log(Level.ERROR, "event=log_not_stored log=" + log.id() + " reason=\"" + failure + "\"");
            store.abandoned(log.id());
            abandoned.increment();
            return;
        }
        held.put(log, now);
        heldBytes += now - before;
        note(log);
    }

    private void release(EventLog log) {
        Long bytes = held.remove(log);
        heldBytes -= bytes == null ? 0 : bytes;
    }

    /// Waits for the store whatever interrupts: what it was given must be told from what it was not.
    private @Nullable Throwable append(List<Chunk> chunks) {
        try {
            store.append(chunks).join();
            commits.increment();
            events.add(
                    chunks.stream().mapToLong(chunk -> chunk.entries().size()).sum());
            return null;
        } catch (CompletionException e) {
            refusals.increment();
            return e.getCause();
        } catch (RuntimeException | Error e) { // a journal that ended would keep every reader waiting for ends
            refusals.increment();
            return e;
        }
    }
}
