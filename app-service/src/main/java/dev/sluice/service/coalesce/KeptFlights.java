package dev.sluice.service.coalesce;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Flights that have ended, for those who come later: by key while their result may be reused, by id while
/// they can be resumed. Bounded in bytes. Thread-safe.
final class KeptFlights<R> {
    private final Duration resumable;
    private final Shelf<FlightKey, Flight<R>> byKey;
    private final Shelf<String, Flight<R>> byId;

    KeptFlights(CoalescerLimits limits, Clock clock) {
        resumable = limits.resumable();
        byKey = new Shelf<>(limits.maxKeptBytes(), clock::nanoTime);
        byId = new Shelf<>(limits.maxKeptBytes(), clock::nanoTime);
    }

    /// Returns the flight whose result or failure answers that key now.
    ///
    /// @param fresh whether a result still does
    @Nullable
    Flight<R> reusable(FlightKey key, Predicate<? super R> fresh) {
        Flight<R> kept = byKey.get(key);
        if (kept == null) {
            return null;
        }
        return switch (kept.settled()) {
            case Ending.Landed<R>(var outcome) -> fresh.test(outcome.result()) ? kept : null;
            case Ending.Failed<R> _ -> kept;
        };
    }

    void keep(Flight<R> flight, Duration ttl) {
        byKey.put(flight.key(), flight, flight.settledBytes(), ttl);
    }

    void drop(FlightKey key) {
        byKey.remove(key);
    }

    void keepForResuming(Flight<R> flight) {
        byId.put(flight.id(), flight, flight.settledBytes(), resumable);
    }

    @Nullable
    Flight<R> resumable(String id) {
        return byId.get(id);
    }

    Collection<Flight<R>> resumable() {
        return byId.values();
    }
}
