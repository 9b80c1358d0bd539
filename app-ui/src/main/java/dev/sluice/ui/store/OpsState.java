package dev.sluice.ui.store;

import dev.sluice.model.ops.OpsSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Everything known at one moment, immutable.
///
/// @param version grows with each change of anything below
/// @param snapshot the service's state; null until one arrived
/// @param connection the stream's state
/// @param events snapshots and changes applied so far
/// @param gaps how often the stream could not be continued where it broke
/// @param lost events known to have been missed in those gaps
/// @param offset the service's clock minus this machine's
public record OpsState(
        long version,
        @Nullable OpsSnapshot snapshot,
        Connection connection,
        long events,
        long gaps,
        long lost,
        Duration offset) {
    static OpsState initial() {
        return new OpsState(0, null, new Connection.Connecting("Looking for the service…"), 0, 0, 0, Duration.ZERO);
    }

    OpsState with(OpsSnapshot next, Duration newOffset) {
        return new OpsState(version + 1, next, connection, events + 1, gaps, lost, newOffset);
    }

    OpsState with(Connection next) {
        return new OpsState(version + 1, snapshot, next, events, gaps, lost, offset);
    }

    OpsState withGap(long missed) {
        return new OpsState(version + 1, snapshot, connection, events, gaps + 1, lost + missed, offset);
    }
}
