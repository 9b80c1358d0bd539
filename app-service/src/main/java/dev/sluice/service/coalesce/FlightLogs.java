package dev.sluice.service.coalesce;

import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import org.jspecify.annotations.Nullable;

/// Where flights write what their listeners read.
///
/// Thread-safe. Called while a key is held: it must be quick and must not block.
///
/// @param <R> what a flight brings home
@FunctionalInterface
public interface FlightLogs<R> {
    /// Makes the empty log of a flight that begins.
    ///
    /// @param id the flight's id, which is to be the log's epoch
    /// @param retention how much of it must stay readable while the flight runs and is kept
    EventLog open(String id, Work<R> work, Retention retention);

    /// Told how a flight ended, before its terminal event is appended.
    ///
    /// @param failure null if it landed
    default void ending(String id, @Nullable FlightException failure) {}

    /// Keeps logs in memory only.
    static <R> FlightLogs<R> inMemory(Wakeups wakeups) {
        return (id, work, retention) -> new EventLog(id, retention, wakeups);
    }
}
