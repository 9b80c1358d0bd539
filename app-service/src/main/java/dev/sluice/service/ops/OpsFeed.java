package dev.sluice.service.ops;

import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Opening;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The operators' live feed: a state, and a log of its changes, at most ten a second whatever the load and
/// however often it is looked at.
///
/// Each change replaces whole parts of the state, so a reader that missed none has the state exactly. It ticks
/// while it has readers: nobody reading costs nothing. Thread-safe.
public final class OpsFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpsFeed.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Retention KEPT = Retention.newest(1_000, 16L << 20);

    private final OpsView view;
    private final EventLog log;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private OpsState current; // guarded by lock
    private long lookedNanos; // guarded by lock
    private boolean ticking; // guarded by lock
    private boolean closed; // guarded by lock

    /// @param epoch names this run of the service in the events' ids
    /// @param clock whose thread looks at the service; closed by its owner
    OpsFeed(OpsView view, String epoch, Wakeups wakeups, Clock clock) {
        this.view = view;
        this.log = new EventLog(epoch, KEPT, wakeups);
        this.clock = clock;
        this.current = view.look();
        this.lookedNanos = clock.nanoTime() - TICK.toNanos();
    }

    /// Returns the state as it is, wherever the feed may be.
    OpsState look() {
        return view.look();
    }

    /// Returns the state with its place in the feed, not older than a tick.
    Position now() {
        lock.lock();
        try {
            if (clock.nanoTime() - lookedNanos >= TICK.toNanos()) {
                publish();
            }
            return new Position(current, new EventId(log.epoch(), log.last()));
        } finally {
            lock.unlock();
        }
    }

    /// Opens the feed at a client's cursor; from now on changes are published.
    Opening open(@Nullable String lastEventId) {
        Opening opening = log.open(lastEventId); // first: a tick that comes now sees the reader
        lock.lock();
        try {
            if (!ticking && !closed) {
                ticking = true;
                clock.after(TICK, this::tick);
            }
        } finally {
            lock.unlock();
        }
        return opening;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void publish() {
        OpsState seen = view.look();
        lookedNanos = clock.nanoTime();
        seen.since(current, clock.now()).ifPresent(change -> log.append("change", Json.bytes(change)));
        current = seen;
    }

    private void tick() {
        lock.lock();
        try {
            if (closed || log.readers() == 0) {
                ticking = false;
                return;
            }
        } finally {
            lock.unlock();
        }
        try {
            var _ = now();
        } catch (RuntimeException e) {
            // thrown on, it would silently end the ticking
            LOG.log(Level.ERROR, "event=ops_feed_failed", e);
        } finally {
            clock.after(TICK, this::tick);
        }
    }

    /// A state and the id of the change that led to it.
    record Position(OpsState state, EventId id) {}
}
