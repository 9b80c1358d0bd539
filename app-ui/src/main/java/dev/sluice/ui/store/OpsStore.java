package dev.sluice.ui.store;

import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import java.time.Duration;
import java.time.Instant;

/// The latest state of one service, written by the stream's reader and read by whoever draws.
///
/// Thread-safe. Readers never wait for writers: they get the last complete [OpsState] and compare its version.
public final class OpsStore {
    private final Clocks clocks;
    private final Trends trends = new Trends();
    private final Object writing = new Object();
    private volatile OpsState state = OpsState.initial();
    private volatile long heardNanos;

    /// Creates an empty store.
    public OpsStore(Clocks clocks) {
        this.clocks = clocks;
        this.heardNanos = clocks.nanos().getAsLong();
    }

    /// Replaces the whole state.
    public void snapshot(OpsSnapshot snapshot) {
        synchronized (writing) {
            var offset =
                    Duration.between(clocks.wall().instant(), snapshot.service().now());
            state = state.with(snapshot, offset);
            heard();
        }
    }

    /// Applies a change to the state.
    ///
    /// @throws IllegalStateException if no snapshot came first
    public void change(OpsChange change) {
        synchronized (writing) {
            var before = state.snapshot();
            if (before == null) {
                throw new IllegalStateException("a change arrived before any snapshot");
            }
            state = state.with(change.applyTo(before), state.offset());
            heard();
        }
    }

    /// Marks that events are missing between what was shown and what comes next.
    ///
    /// @param missed how many, 0 if that is not known
    public void gap(long missed) {
        synchronized (writing) {
            state = state.withGap(missed);
            trends.gap();
        }
    }

    /// Notes a sign of life; heartbeats end here.
    public void heard() {
        synchronized (writing) {
            heardNanos = clocks.nanos().getAsLong();
            var snapshot = state.snapshot();
            if (snapshot != null) {
                trends.sample(snapshot, heardNanos);
            }
        }
    }

    /// Notes how the stream fares.
    public void connection(Connection connection) {
        synchronized (writing) {
            state = state.with(connection);
        }
    }

    /// Returns the latest state.
    public OpsState state() {
        return state;
    }

    /// Returns the history of one figure.
    public Series trend(Metric metric) {
        return trends.series(metric);
    }

    /// Returns how long the service has been silent.
    public Duration silence() {
        return Duration.ofNanos(Math.max(0, clocks.nanos().getAsLong() - heardNanos));
    }

    /// Returns whether the state may be believed now.
    public Freshness freshness() {
        return Freshness.of(state, silence());
    }

    /// Returns the service's clock now, by the offset seen at its last snapshot.
    public Instant serviceNow() {
        return clocks.wall().instant().plus(state.offset());
    }

    /// Returns this machine's clock.
    public Instant now() {
        return clocks.wall().instant();
    }
}
