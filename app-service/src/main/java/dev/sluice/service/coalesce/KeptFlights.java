package dev.sluice.service.coalesce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Flights that have ended, for those who come later: by key while their result may be reused, by id while
/// they can be resumed. Bounded in bytes. Thread-safe.
final class KeptFlights<R> {
    private record Kept<R>(Flight<R> flight, Ending<R> ending, Duration ttl) {}

    private final Cache<FlightKey, Kept<R>> byKey;
    private final Cache<String, Flight<R>> byId;

    KeptFlights(CoalescerLimits limits, Clock clock) {
        byKey = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .maximumWeight(limits.maxKeptBytes())
                .weigher((FlightKey key, Kept<R> entry) -> weight(entry.flight()))
                .expireAfter(Expiry.<FlightKey, Kept<R>>writing((key, entry) -> entry.ttl()))
                .build();
        byId = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .maximumWeight(limits.maxKeptBytes())
                .weigher((String id, Flight<R> flight) -> weight(flight))
                .expireAfterWrite(limits.resumable())
                .build();
    }

    /// Returns the flight whose result or failure answers that key now.
    ///
    /// @param fresh whether a result still does
    @Nullable
    Flight<R> reusable(FlightKey key, Predicate<? super R> fresh) {
        Kept<R> kept = byKey.getIfPresent(key);
        if (kept == null) {
            return null;
        }
        return switch (kept.ending()) {
            case Ending.Landed<R>(var outcome) -> fresh.test(outcome.result()) ? kept.flight() : null;
            case Ending.Failed<R> _ -> kept.flight();
        };
    }

    void keep(Flight<R> flight, Ending<R> ending, Duration ttl) {
        byKey.put(flight.key(), new Kept<>(flight, ending, ttl));
    }

    void drop(FlightKey key) {
        byKey.invalidate(key);
    }

    void keepForResuming(Flight<R> flight) {
        byId.put(flight.id(), flight);
    }

    @Nullable
    Flight<R> resumable(String id) {
        return byId.getIfPresent(id);
    }

    Collection<Flight<R>> resumable() {
        return Collections.unmodifiableCollection(byId.asMap().values());
    }

    private static int weight(Flight<?> flight) {
        return (int) Math.min(Integer.MAX_VALUE, flight.settledBytes());
    }
}
