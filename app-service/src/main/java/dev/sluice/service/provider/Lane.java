package dev.sluice.service.provider;

import dev.sluice.model.ops.ProviderView;

/// The way to one provider: who answers, who keeps the pace, who counts. Thread-safe.
///
/// @param provider who answers
/// @param pacer hands out the slots for it
/// @param tally counts its calls
public record Lane(ChatProvider provider, Pacer pacer, CallTally tally) {
    /// Returns the provider as operators see it.
    ///
    /// @param preferred whether it answers requests that name none
    ProviderView view(boolean preferred) {
        var limits = pacer.limits();
        var stats = pacer.stats();
        var last = tally.last();
        return new ProviderView(
                provider.name(),
                provider.simulated(),
                preferred,
                provider.defaultModel(),
                stats.limit(),
                limits.concurrency(),
                stats.inUse(),
                stats.queued(),
                limits.requestsPerSecond(),
                limits.burst(),
                tally.calls(),
                tally.failures(),
                tally.rateLimited(),
                tally.retries(),
                stats.timedOut() + stats.refused(),
                last.map(CallTally.Failure::message).orElse(null),
                last.map(CallTally.Failure::at).orElse(null));
    }
}
