package dev.sluice.service.provider;

import java.time.Duration;

/// Closes a response that has gone silent or on for too long, so that its reader wakes with an error.
///
/// The HTTP client's own time-out does not cover the body. Thread-safe.
final class Watchdog implements AutoCloseable {
    /// What it saw.
    enum Verdict {
        WELL,
        SILENT,
        TOO_LONG
    }

    private final Scheduler scheduler;
    private final Runnable closeResponse;
    private final long idleNanos;
    private volatile long lastByteAt;
    private volatile long endBy;
    private volatile Verdict verdict = Verdict.WELL;
    private volatile boolean off;
    private volatile Scheduler.Alarm alarm;

    /// Starts watching.
    ///
    /// @param closeResponse runs when the response shall end, at the latest in [#close]; may run twice
    Watchdog(Scheduler scheduler, Duration idle, Duration total, Runnable closeResponse) {
        this.scheduler = scheduler;
        this.closeResponse = closeResponse;
        this.idleNanos = idle.toNanos();
        long now = scheduler.nanoTime();
        this.lastByteAt = now;
        this.endBy = now + total.toNanos();
        this.alarm = scheduler.schedule(nanosLeft(now), this::look);
    }

    /// Tells that bytes came. Costs one clock reading: the alarm looks at the time when it rings.
    void touch() {
        lastByteAt = scheduler.nanoTime();
    }

    /// Leaves the response only this much longer, whatever comes.
    void endWithin(Duration rest) {
        endBy = scheduler.nanoTime() + rest.toNanos();
        alarm.cancel();
        alarm = scheduler.schedule(rest.toNanos(), this::look);
    }

    Verdict verdict() {
        return verdict;
    }

    /// Stops watching and closes the response.
    @Override
    public void close() {
        off = true;
        alarm.cancel();
        closeResponse.run();
    }

    private void look() {
        if (off) {
            return;
        }
        long now = scheduler.nanoTime();
        long left = nanosLeft(now);
        if (left > 0) {
            alarm = scheduler.schedule(left, this::look);
            return;
        }
        verdict = endBy - now <= 0 ? Verdict.TOO_LONG : Verdict.SILENT;
        off = true;
        closeResponse.run();
    }

    private long nanosLeft(long now) {
        return Math.min(lastByteAt + idleNanos - now, endBy - now);
    }
}
