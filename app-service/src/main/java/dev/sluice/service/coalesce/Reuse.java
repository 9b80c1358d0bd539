package dev.sluice.service.coalesce;

/// Whether others may be answered by a result after its flight.
public enum Reuse {
    /// Kept for the result time to live.
    RESULT,
    /// Delivered to those who listen, kept for nobody.
    NONE
}
