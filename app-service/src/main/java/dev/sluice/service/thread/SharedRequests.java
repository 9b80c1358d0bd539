package dev.sluice.service.thread;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The shared requests of the last hour, to recount what other settings would have cost. Bounded;
/// thread-safe.
public final class SharedRequests {
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SharedRequest> kept = new ArrayDeque<>(); // guarded by lock, oldest first
    private long forgottenUntil = Long.MIN_VALUE; // guarded by lock

    /// @param most how many are remembered; of more, the newest
    SharedRequests(int most) {
        this.most = most;
    }

    void add(SharedRequest request) {
        lock.lock();
        try {
            expire(request.endedAtMillis());
            if (kept.size() >= most) {
                forgottenUntil = kept.removeFirst().endedAtMillis();
            }
            kept.addLast(request);
        } finally {
            lock.unlock();
        }
    }

    /// Returns what is remembered of the hour before `now`.
    public Memory lastHour(Instant now) {
        lock.lock();
        try {
            expire(now.toEpochMilli());
            boolean whole = forgottenUntil <= now.toEpochMilli() - HOUR_MILLIS;
            Duration span = whole
                    ? Duration.ofHours(1)
                    : Duration.ofMillis(now.toEpochMilli() - kept.getFirst().endedAtMillis());
            return new Memory(List.copyOf(kept), span);
        } finally {
            lock.unlock();
        }
    }

    private void expire(long nowMillis) {
        while (!kept.isEmpty() && kept.getFirst().endedAtMillis() <= nowMillis - HOUR_MILLIS) {
            kept.removeFirst();
        }
    }

    /// @param requests oldest first
    /// @param span how far back they reach: an hour, or less if there were more than can be remembered
    public record Memory(List<SharedRequest> requests, Duration span) {}
}
