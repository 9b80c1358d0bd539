package dev.sluice.service.sms;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.sms.SenderRepository.Inbox;
import dev.sluice.service.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Counts what waits for an operator, once a second at most however often it is asked. Thread-safe.
final class Glance {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final SenderRepository senders;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Inbox latest = new Inbox(0, 0);
    private long takenNanos;
    private boolean taken;

    Glance(SenderRepository senders, Clock clock) {
        this.senders = senders;
        this.clock = clock;
    }

    Inbox inbox() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            if (!taken || now - takenNanos >= FRESH.toNanos()) {
                takenNanos = now;
                taken = true;
                latest = senders.inbox();
            }
            return latest;
        } catch (StoreUnavailableException sick) {
            return latest; // the store's own condition tells operators
        } finally {
            lock.unlock();
        }
    }
}
