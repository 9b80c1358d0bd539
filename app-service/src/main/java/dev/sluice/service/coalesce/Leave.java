package dev.sluice.service.coalesce;

/// Why a caller lets go of a flight.
public enum Leave {
    /// It has what it wanted.
    DONE,
    /// Its connection broke or its own deadline passed: the flight may linger for it.
    LOST,
    /// It said so: for this caller the flight does not go on. A flight that nobody listens to ends at once,
    /// unless the linger of one that was lost before still runs: then at its end.
    CANCELLED
}
