package dev.sluice.ui.parts;

import dev.sluice.model.ops.FlightView;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a flight's time went: the queue for a slot, the provider, or Sluice itself.
///
/// @param queueMs wait for a provider slot, milliseconds
/// @param providerMs what neither the queue nor Sluice took, milliseconds
/// @param ownMs Sluice's own part, milliseconds
record Course(double queueMs, double providerMs, double ownMs) {
    /// Returns the course of a flight that ended; null before.
    static @Nullable Course of(FlightView flight) {
        var end = flight.endedAt();
        if (end == null) {
            return null;
        }
        double total = Duration.between(flight.startedAt(), end).toNanos() / 1e6;
        double queue = flight.upstream().queueWaitMs();
        double own = flight.upstream().overheadMs();
        return new Course(queue, Math.max(0, total - queue - own), own);
    }

    /// Returns who took most of the time, in a word.
    String slowest() {
        if (providerMs >= queueMs && providerMs >= ownMs) {
            return "provider";
        }
        return queueMs >= ownMs ? "queue" : "Sluice";
    }
}
