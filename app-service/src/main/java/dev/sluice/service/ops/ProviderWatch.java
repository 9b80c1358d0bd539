package dev.sluice.service.ops;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.ProviderView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Tells how providers have done of late, from counters that only grow: it compares with what they were
/// about a minute ago, or when somebody looked last before that. Thread-safe.
final class ProviderWatch {
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofSeconds(5);
    /// Fewer failures than this are no pattern.
    private static final long PATTERN = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Reading>> readings = new HashMap<>(); // guarded by lock

    /// Returns a provider's condition.
    ConditionView look(ProviderView provider, Instant now) {
        Reading before = before(provider, now);
        long calls = provider.calls() - before.calls;
        long failures = provider.failures() - before.failures;
        String latest = provider.lastFailure() == null ? "" : " The latest: " + provider.lastFailure();
        String level;
        String detail;
        if (failures >= PATTERN && failures >= calls) {
            level = "critical";
            detail = "All of its latest " + calls + " calls failed." + latest;
        } else if (failures >= PATTERN && failures * 2 >= calls) {
            level = "warning";
            detail = failures + " of its latest " + calls + " calls failed." + latest;
        } else if (provider.throttled()) {
            level = "warning";
            detail =
                    "Struggles: driven with " + provider.slots() + " of " + provider.concurrency() + " slots." + latest;
        } else if (failures > 0) {
            level = "notice";
            detail = failures + " of its latest " + calls + " calls failed." + latest;
        } else {
            level = "ok";
            detail = "Driven at full pace.";
        }
        return new ConditionView(
                "provider." + provider.name(), level, detail, provider.failures(), provider.lastFailureAt());
    }

    private Reading before(ProviderView provider, Instant now) {
        lock.lock();
        try {
            var ofOne =
                    readings.computeIfAbsent(provider.name(), _ -> new ArrayDeque<>(List.of(new Reading(now, 0, 0))));
            if (!now.isBefore(ofOne.getLast().at.plus(STEP))) {
                ofOne.addLast(new Reading(now, provider.calls(), provider.failures()));
            }
            while (ofOne.size() > 1 && !second(ofOne).at.isAfter(now.minus(SPAN))) {
                ofOne.removeFirst();
            }
            return ofOne.getFirst();
        } finally {
            lock.unlock();
        }
    }

    private static Reading second(Deque<Reading> readings) {
        var oldestFirst = readings.iterator();
        oldestFirst.next();
        return oldestFirst.next();
    }

    private record Reading(Instant at, long calls, long failures) {}
}
