package dev.sluice.service.provider;

/// A pacer at one moment.
///
/// @param inUse slots held now
/// @param limit slots that may be held now: the configured concurrency, or less while the provider struggles
/// @param queued callers waiting now
/// @param granted slots given out since start
/// @param timedOut callers that waited in vain since start
/// @param refused callers turned away at once since start because the queue was full
public record PacerStats(int inUse, int limit, int queued, long granted, long timedOut, long refused) {}
