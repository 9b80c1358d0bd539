package dev.sluice.service.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Time as the engine sees it; a test's is virtual.
public interface Clock extends AutoCloseable {
    /// Returns monotonic nanoseconds.
    long nanoTime();

    /// Returns the wall clock's time.
    Instant now();

    /// Runs a short task once, later, unless the clock is closed first.
    void after(Duration delay, Runnable task);

    @Override
    void close();

    /// Returns the system's clock with one daemon thread for its tasks.
    ///
    /// @param thread the thread's name
    static Clock system(String thread) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(thread).factory());
        return new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void after(Duration delay, Runnable task) {
                try {
                    var _ = timer.schedule(task, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
                } catch (RejectedExecutionException closed) {
                    // as promised: nothing runs once the clock is closed
                }
            }

            @Override
            public void close() {
                timer.shutdownNow();
            }
        };
    }
}
