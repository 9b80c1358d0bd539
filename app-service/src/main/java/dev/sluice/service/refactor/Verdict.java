package dev.sluice.service.refactor;

/// What became of an attempt to decide something about a job.
enum Verdict {
    /// It was this attempt that decided it.
    WON,
    /// It had been decided before.
    TOO_LATE,
    /// There was nothing to decide.
    NOT_AWAITED
}
