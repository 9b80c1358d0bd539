package dev.sluice.service.consolidate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Time that a test moves; alarms ring on the test's own thread. Used by one thread, except for [#now]
/// and the setting of alarms.
public final class VirtualTime implements SteadyTime {
    private final List<TestAlarm> alarms = new ArrayList<>();
    private volatile Instant now;

    public VirtualTime(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Alarm alarm(Runnable ring) {
        var alarm = new TestAlarm(ring);
        alarms.add(alarm);
        return alarm;
    }

    /// Moves on, ringing each alarm at its time.
    public void advance(Duration by) {
        Instant end = now.plus(by);
        for (TestAlarm next = next(end); next != null; next = next(end)) {
            now = next.at.isAfter(now) ? next.at : now;
            next.at = Instant.MAX;
            next.ring.run();
        }
        now = end;
    }

    /// Moves on without ringing, as a process does that is suspended; [#advance] rings afterwards.
    public void suspend(Duration by) {
        now = now.plus(by);
    }

    /// Returns when the next alarm rings; [Instant#MAX] if none is set.
    public Instant nextAlarm() {
        return alarms.stream().map(alarm -> alarm.at).min(Instant::compareTo).orElse(Instant.MAX);
    }

    private @Nullable TestAlarm next(Instant end) {
        return alarms.stream()
                .filter(alarm -> !alarm.at.isAfter(end))
                .min((one, other) -> one.at.compareTo(other.at))
                .orElse(null);
    }

    private static final class TestAlarm implements Alarm {
        private final Runnable ring;
        private volatile Instant at = Instant.MAX;

        TestAlarm(Runnable ring) {
            this.ring = ring;
        }

        @Override
        public void set(Instant time) {
            at = time;
        }

        @Override
        public void unset() {
            at = Instant.MAX;
        }

        @Override
        public void close() {
            at = Instant.MAX;
        }
    }
}
