package dev.sluice.service.http;

import java.util.function.BooleanSupplier;

/// A named condition for taking requests; `/health/ready` names those that fail.
///
/// @param name short, stable, without secrets: it is public
/// @param up whether it holds; called by many threads, must not block long; throwing means it does not hold
public record ReadinessCheck(String name, BooleanSupplier up) {}
