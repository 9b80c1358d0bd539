package dev.sluice.service.ops;

import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Opening;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The operators' live feed: a state, and a log of its changes, at most ten a second whatever the load.
///
/// Each change replaces whole parts of the state, so a reader that missed none has the state exactly; nobody
/// reading
/// costs nothing. Thread-safe.
public final class OpsFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpsFeed.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Retention KEPT = Retention.newest(1_000, 16L << 20);

    private final OpsView view;
    private final EventLog log;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ops-feed").factory());
    private OpsState current; // guarded by lock

    /// @param epoch names this run of the service in the events' ids
    OpsFeed(OpsView view, String epoch, Wakeups wakeups, InstantSource clock) {
        this.view = view;
        this.log = new EventLog(epoch, KEPT, wakeups);
        this.clock = clock;
        this.current = view.look();
    }

    /// Begins to publish changes.
    void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Looks at the service, publishes what changed, and returns the state with its place in the feed.
    Position now() {
        lock.lock();
        try {
            OpsState seen = view.look();
            seen.since(current, clock.instant()).ifPresent(change -> log.append("change", Json.bytes(change)));
            current = seen;
            return new Position(seen, new EventId(log.epoch(), log.last()));
        } finally {
            lock.unlock();
        }
    }

    /// Opens the feed at a client's cursor.
    Opening open(@Nullable String lastEventId) {
        return log.open(lastEventId);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    private void tick() {
        try {
            if (log.readers() > 0) {
                now();
            }
        } catch (RuntimeException e) {
            // thrown on, it would silently end the schedule
            LOG.log(Level.ERROR, "event=ops_feed_failed", e);
        }
    }

    /// A state and the id of the change that led to it.
    record Position(OpsState state, EventId id) {}
}
