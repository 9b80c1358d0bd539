package dev.sluice.service.store;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A few threads that run queries, each on a connection of its own, each query on one snapshot.
final class ReaderPool {
    private static final System.Logger LOG = System.getLogger(ReaderPool.class.getName());

    private final SubmissionQueue queue;
    private final List<Thread> threads;

    ReaderPool(SubmissionQueue queue, Path file, DatabaseOptions options) {
        this.queue = queue;
        this.threads = IntStream.range(0, options.readers())
                .mapToObj(i -> Thread.ofPlatform()
                        .name("store-reader-" + i)
                        .daemon()
                        .unstarted(() -> work(Slot.reading(file, options.busyTimeout()))))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    boolean isCurrentThread() {
        return threads.contains(Thread.currentThread());
    }

    int size() {
        return threads.size();
    }

    /// Waits until the closed queue is empty and the connections released.
    boolean join(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (var thread : threads) {
            if (!thread.join(Duration.ofNanos(deadline - System.nanoTime()))) {
                return false;
            }
        }
        return true;
    }

    private void work(Slot slot) {
        try (slot) {
            var next = new ArrayList<Submission<?>>(1);
            while (queue.take(next, 1, null)) {
                next.forEach(submission -> answer(slot, submission));
                next.clear();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.ERROR, "event=store-reader-interrupted", e);
        }
    }

    private static void answer(Slot slot, Submission<?> submission) {
        try {
            var answer = run(submission, slot.sql());
            slot.rollback();
            answer.run();
        } catch (RuntimeException | Error failure) {
            slot.abandon(failure);
            submission.fail(failure);
        }
    }

    // a query that throws is an answer too: its connection is as good as before
    private static Runnable run(Submission<?> submission, Sql sql) {
        try {
            return submission.run(sql);
        } catch (RuntimeException | Error failure) {
            return () -> submission.fail(failure);
        }
    }
}
