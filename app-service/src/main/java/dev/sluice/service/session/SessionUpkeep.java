package dev.sluice.service.session;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.OutcomeUnknownException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Keeps what is stored of sessions small: merges the chunks of those that ended in many, and removes
/// what is too old or to be forgotten. Each step holds the store's writer for a moment only.
///
/// Thread-safe; the work is done by one thread of its own.
final class SessionUpkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SessionUpkeep.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration TOMBSTONES = Duration.ofDays(30);
    private static final int MOST_QUEUED = 10_000;
    private static final String SWEEP = "";

    private final SessionRemains remains;
    private final ChunkMerger merger;
    private final InstantSource clock;
    private final Supplier<Duration> retention;
    private final Consumer<String> forgotten;
    private final BlockingQueue<String> work = new LinkedBlockingQueue<>(MOST_QUEUED);
    private final LongAdder merged = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAccumulator longestStepNanos = new LongAccumulator(Long::max, 0);
    private final Thread thread;

    /// @param retention how long sessions are kept after their end
    /// @param forgotten told of each session before its events are removed
    SessionUpkeep(Database db, InstantSource clock, Supplier<Duration> retention, Consumer<String> forgotten) {
        this.remains = new SessionRemains(db, this::timed);
        this.merger = new ChunkMerger(db, this::timed);
        this.clock = clock;
        this.retention = retention;
        this.forgotten = forgotten;
        this.thread = Thread.ofVirtual().name("session-upkeep").unstarted(this::run);
    }

    /// Starts the work; no import may have begun before.
    void start() {
        remains.removeUnfinishedImports();
        thread.start();
    }

    /// Has the chunks of a session that ended merged, soon; under a heavy load it may stay as it is.
    void scattered(String id) {
        if (!work.offer(id)) {
            LOG.log(Level.DEBUG, "event=merge_skipped session=" + id);
        }
    }

    /// Has a sweep made soon.
    void sweepSoon() {
        if (!work.offer(SWEEP)) {
            LOG.log(Level.DEBUG, "event=sweep_delayed"); // the next one is due within the period anyway
        }
    }

    /// Returns how many chunks merging has saved.
    long merged() {
        return merged.sum();
    }

    /// Returns how many sessions were removed.
    long removed() {
        return removed.sum();
    }

    /// Returns the longest time that a step took, waiting for the writer included.
    Duration longestStep() {
        return Duration.ofNanos(longestStepNanos.get());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            sweepSoon();
            long next = System.nanoTime();
            while (true) {
                String id = work.poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
                boolean due = id == null || id.equals(SWEEP);
                attempt(due ? this::sweep : () -> merge(id));
                if (due) {
                    next = System.nanoTime() + PERIOD.toNanos();
                }
            }
        } catch (InterruptedException closed) {
            LOG.log(Level.DEBUG, "event=session_upkeep_closed");
        }
    }

    /// What the store does not take now is tried again by a later sweep.
    private static void attempt(Runnable task) throws InterruptedException {
        try {
            task.run();
        } catch (StoreUnavailableException | OutcomeUnknownException sick) {
            if (Thread.interrupted()) { // closed: no error of the store's
                throw new InterruptedException();
            }
            LOG.log(Level.WARNING, "event=session_upkeep_failed reason=\"" + sick.getMessage() + "\"");
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "event=session_upkeep_failed", broken);
        }
    }

    private void merge(String id) {
        merged.add(merger.merge(id));
    }

    /// Removes what is due. Called by the upkeep's thread, and by tests instead of it.
    void sweep() {
        Instant now = clock.instant();
        remains.expire(now.minus(retention.get()));
        for (List<String> due = remains.due(); !due.isEmpty(); due = remains.due()) {
            for (String id : due) {
                forgotten.accept(id);
                remains.remove(id, now);
                removed.increment();
                LOG.log(Level.INFO, "event=session_removed session=" + id);
            }
        }
        remains.removeTombstones(now.minus(TOMBSTONES));
    }

    private void timed(Runnable step) {
        long began = System.nanoTime();
        step.run();
        longestStepNanos.accumulate(System.nanoTime() - began);
    }
}
