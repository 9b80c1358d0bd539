package dev.sluice.service;

import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.Scheduler;
import java.util.Optional;
import java.util.function.Function;

/// The world of providers outside the service; a test's is smaller.
public interface Upstream {
    /// Makes the providers from the variables that configure them.
    Providers providers(Function<String, Optional<String>> environment, boolean simulationAllowed);

    /// Waits until calls can be made.
    ///
    /// @throws RuntimeException if they never can
    default void awaitReady() {}

    /// Returns what wakes callers that wait for a slot.
    Scheduler scheduler();
}
