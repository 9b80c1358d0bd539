package dev.sluice.service.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Copies what was committed from the write-ahead log into the database, on a thread and a connection of
/// its own: done by the writer, as SQLite does by itself, it was most of what a commit under load waited
/// for.
///
/// It looks often while the writer is busy, so that each time there is little to copy, and seldom else,
/// since what is written twice in the meantime is copied once. The log begins anew when all of it was
/// copied and nobody writes; if the writer never pauses, it is asked to, before the log has
/// [DatabaseOptions#logPages].
final class Checkpoints {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LOOK_WHILE_IDLE = Duration.ofSeconds(1);
    private static final Duration MUCH = Duration.ofMillis(30);

    private final GroupWriter writer;
    private final Slot slot;
    private final int logPages;
    private final long latestNanos;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private long copiedAt;
    private long copiedBusyNanos;
    private boolean failing;

    /// @param slot nobody else's
    Checkpoints(GroupWriter writer, Slot slot, DatabaseOptions options) {
        this.writer = writer;
        this.slot = slot;
        this.logPages = options.logPages();
        this.latestNanos = options.checkpointAfter().toNanos();
        this.thread = Thread.ofPlatform().name("store-checkpoint").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /// Waits until it copies nothing and its connection is released.
    ///
    /// @return false if it took longer than `patience`
    boolean stop(Duration patience) throws InterruptedException {
        stopped.countDown();
        return thread.join(patience);
    }

    private void work() {
        try (slot) {
            copiedAt = System.nanoTime();
            Duration pause = LOOK;
            long before = 0;
            while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                long busy = writer.busyNanos();
                pause = busy == before ? LOOK_WHILE_IDLE : LOOK;
                before = busy;
                if (due(busy)) {
                    copiedBusyNanos = busy;
                    copiedAt = System.nanoTime();
                    copy();
                }
            }
        } catch (InterruptedException e) {
            LOG.log(Level.ERROR, "event=store-checkpoint-interrupted", e);
        }
    }

    private boolean due(long busy) {
        long since = busy - copiedBusyNanos;
        return since >= MUCH.toNanos() || (since > 0 && System.nanoTime() - copiedAt >= latestNanos);
    }

    private void copy() {
        try {
            if (slot.checkpoint() >= logPages) {
                slot.checkpoint(); // what came meanwhile, so that the writer has little left to do
                writer.finishCheckpoint();
            }
            failing = false;
        } catch (StoreUnavailableException sick) {
            if (!failing) { // what is committed stays in the log, and the writer tells of the disk itself
                LOG.log(Level.WARNING, "event=checkpoint-failed reason=" + sick.reason());
            }
            failing = true;
            slot.abandon(sick);
        }
    }
}
