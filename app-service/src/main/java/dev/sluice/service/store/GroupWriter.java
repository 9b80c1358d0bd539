package dev.sluice.service.store;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The one thread that writes: units that queued up while a commit ran go to disk together in the next
/// one, each behind a savepoint of its own. A lone unit waits for nobody, and the transaction is its own.
///
/// Invariant: a unit is acknowledged after the commit that carries it, and only then.
final class GroupWriter {
    private static final System.Logger LOG = System.getLogger(GroupWriter.class.getName());
    private static final int LARGEST_GROUP = 512;
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    // takes the write lock before the first unit runs, so that a locked database fails the group once,
    // not each unit
    private static final String TAKE_WRITE_LOCK = "UPDATE store_probe SET checked_at = checked_at WHERE id < 0";
    private static final String PROBE = "UPDATE store_probe SET checked_at = checked_at + 1 WHERE id = 1";

    private final SubmissionQueue queue;
    private final Slot slot;
    private final DatabaseOptions options;
    private final Thread thread;
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong groups = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private volatile boolean checkpointDue;
    private volatile long lastCommitMicros;
    private volatile boolean healthy = true;
    private volatile @Nullable StoreFailure lastFailure;

    GroupWriter(SubmissionQueue queue, Slot slot, DatabaseOptions options) {
        this.queue = queue;
        this.slot = slot;
        this.options = options;
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    boolean isCurrentThread() {
        return thread.equals(Thread.currentThread());
    }

    boolean healthy() {
        return healthy;
    }

    Optional<StoreFailure> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    long refusals() {
        return refusals.get();
    }

    StoreStats stats() {
        return new StoreStats(committed.get(), groups.get(), failed.get(), queue.depth(), lastCommitMicros);
    }

    /// Returns how long it has been at work, all groups together: about as much as it has written.
    long busyNanos() {
        return busyNanos.get();
    }

    /// Has the writer copy what is left in the log after its next commit, when nobody adds to it: only
    /// then does the log begin anew.
    void finishCheckpoint() {
        checkpointDue = true;
    }

    /// Waits until the closed queue is empty and the connection released.
    ///
    /// @return false if it took longer than `patience`
    boolean join(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    private void work() {
        try (slot) {
            var group = new ArrayList<Submission<?>>();
            while (queue.take(group, LARGEST_GROUP, healthy ? null : PROBE_INTERVAL)) {
                long started = System.nanoTime();
                commit(group);
                busyNanos.addAndGet(System.nanoTime() - started);
                group.clear();
                checkpoint();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.ERROR, "event=store-writer-interrupted", e);
        }
    }

    private void checkpoint() {
        if (!checkpointDue) {
            return;
        }
        checkpointDue = false;
        try {
            slot.checkpoint();
        } catch (StoreUnavailableException sick) {
            // nothing is lost, and whoever asked for it sees that the log has not shrunk
            LOG.log(Level.WARNING, "event=checkpoint-not-finished reason=" + sick.reason());
            slot.abandon(sick);
        }
    }

    /// Commits a group; an empty one asks the disk whether it is well again.
    private void commit(List<Submission<?>> group) {
        long started = System.nanoTime();
        var acknowledgements = new ArrayList<Runnable>(group.size());
        var unanswered = new ArrayList<Submission<?>>(group);
        boolean refused = false;
        try {
            var sql = slot.sql();
            sql.update(group.isEmpty() ? PROBE : TAKE_WRITE_LOCK);
            for (var submission : group) {
                try {
                    acknowledgements.add(group.size() == 1 ? alone(submission) : inSavepoint(sql, submission));
                } catch (UnitFailure failure) {
                    unanswered.remove(submission);
                    refused |= failure.unit instanceof StoreUnavailableException disk && failed(disk);
                    failed.incrementAndGet();
                    submission.fail(failure.unit);
                }
            }
            if (group.size() == 1 && acknowledgements.isEmpty()) {
                return; // undone, and told
            }
            options.beforeCommit().run();
            slot.commit();
        } catch (RuntimeException | Error failure) {
            abandon(unanswered, failure);
            return;
        }
        lastCommitMicros = (System.nanoTime() - started) / 1_000;
        groups.addAndGet(group.isEmpty() ? 0 : 1);
        committed.addAndGet(acknowledgements.size());
        recovered(!refused);
        acknowledgements.forEach(Runnable::run);
    }

    private Runnable alone(Submission<?> submission) throws UnitFailure {
        try {
            return submission.run(slot.sql());
        } catch (RuntimeException | Error failure) {
            undo(slot::rollback, failure);
            throw new UnitFailure(failure);
        }
    }

    private Runnable inSavepoint(Sql sql, Submission<?> submission) throws UnitFailure {
        sql.update("SAVEPOINT unit");
        Runnable acknowledgement;
        try {
            acknowledgement = submission.run(slot.sql());
        } catch (RuntimeException | Error failure) {
            undo(
                    () -> {
                        sql.update("ROLLBACK TO SAVEPOINT unit");
                        sql.update("RELEASE SAVEPOINT unit");
                    },
                    failure);
            throw new UnitFailure(failure);
        }
        sql.update("RELEASE SAVEPOINT unit");
        return acknowledgement;
    }

    // on a full disk SQLite may have given the whole transaction up: then the group fails for the unit's
    // cause
    private static void undo(Runnable rollback, Throwable failure) {
        try {
            rollback.run();
        } catch (RuntimeException gone) {
            failure.addSuppressed(gone);
            throw SqliteErrors.groupFailure(failure);
        }
    }

    private void abandon(List<Submission<?>> unanswered, Throwable failure) {
        slot.abandon(failure);
        failed(SqliteErrors.groupFailure(failure));
        failed.addAndGet(unanswered.size());
        unanswered.forEach(submission -> submission.fail(SqliteErrors.groupFailure(failure)));
    }

    private boolean failed(StoreUnavailableException failure) {
        var text = failure.getMessage();
        lastFailure = new StoreFailure(options.clock().instant(), failure.reason(), text == null ? "" : text);
        if (healthy) {
            LOG.log(Level.ERROR, "event=store-unavailable reason=" + failure.reason() + " detail=" + text);
        }
        refusals.incrementAndGet();
        healthy = false;
        return true;
    }

    private void recovered(boolean well) {
        if (well && !healthy) {
            LOG.log(Level.INFO, "event=store-recovered");
            healthy = true;
        }
    }

    /// Tells callers that the writer never got to them.
    static void refuse(List<Submission<?>> left) {
        left.forEach(submission -> submission.fail(new StoreUnavailableException(
                Reason.CLOSED, "the database closed before: " + submission.what(), null)));
    }

    /// A unit failed and was undone; the group goes on.
    private static final class UnitFailure extends Exception {
        private final Throwable unit;

        private UnitFailure(Throwable unit) {
            super(null, null, false, false);
            this.unit = unit;
        }
    }
}
