package dev.sluice.service.coalesce;

/// Why a caller lets go of a flight.
public enum Leave {
    /// It has what it wanted.
    DONE,
    /// Its connection broke or its own deadline passed: the flight may linger for it.
    LOST,
    /// It said so: a flight that nobody else listens to ends at once.
    CANCELLED
}
