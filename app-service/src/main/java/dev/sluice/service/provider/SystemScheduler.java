package dev.sluice.service.provider;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Real time, with one daemon thread for all alarms.
public final class SystemScheduler implements Scheduler, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    /// Creates a scheduler whose thread starts with the first alarm.
    public SystemScheduler() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("provider-alarms").factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Alarm schedule(long delayNanos, Runnable action) {
        ScheduledFuture<?> future = executor.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// Stops the thread; alarms that are due later never ring.
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
