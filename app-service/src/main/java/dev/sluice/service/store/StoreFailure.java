package dev.sluice.service.store;

import java.time.Instant;

/// The last time the disk refused a write.
///
/// @param at when
/// @param reason why
/// @param message what to tell an operator
public record StoreFailure(Instant at, StoreUnavailableException.Reason reason, String message) {}
