package dev.sluice.service.store;

/// What the writer did since the database was opened.
///
/// @param committedUnits units acknowledged
/// @param groups commits that carried them; fewer than units where callers shared one
/// @param failedUnits units that failed: their own fault, or their group's
/// @param queueDepth units waiting now
/// @param lastCommitMicros how long the last group took from its first statement until it was on disk,
///     microseconds
public record StoreStats(long committedUnits, long groups, long failedUnits, int queueDepth, long lastCommitMicros) {}
