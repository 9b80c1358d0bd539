package dev.sluice.service;

import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.PacerLimits;
import java.util.Locale;

/// Reads how hard a provider may be driven: `{PROVIDER}_RPS`, `_BURST`, `_CONCURRENCY`, `_QUEUE_TIMEOUT`.
final class PacerSettings {
    private PacerSettings() {}

    /// @throws IllegalArgumentException naming what is not acceptable
    static PacerLimits of(String provider, StartupValues values) {
        String prefix = provider.toUpperCase(Locale.ROOT);
        var defaults = PacerLimits.DEFAULT;
        return new PacerLimits(
                ServiceConfig.number(values, prefix + "_RPS", (int) defaults.requestsPerSecond(), 1, 10_000),
                ServiceConfig.number(values, prefix + "_BURST", defaults.burst(), 1, 100_000),
                ServiceConfig.number(values, prefix + "_CONCURRENCY", defaults.concurrency(), 1, 100_000),
                ServiceConfig.duration(values, prefix + "_QUEUE_TIMEOUT", defaults.queueTimeout()),
                defaults.maxQueued());
    }
}
