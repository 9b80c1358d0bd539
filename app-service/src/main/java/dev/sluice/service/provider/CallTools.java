package dev.sluice.service.provider;

import dev.sluice.service.coalesce.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/// What every paced call needs and none owns. Thread-safe.
///
/// @param retries whether a failed call is made once more
/// @param random 0 to 1, for jitter
/// @param allowed whether the operator lets providers be called; asked before each try
public record CallTools(RetryPolicy retries, DoubleSupplier random, Clock clock, BooleanSupplier allowed) {}
