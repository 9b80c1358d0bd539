package dev.sluice.model.ops;

import java.time.Instant;

/// What a service says of itself.
///
/// @param name always `sluice`
/// @param version the product's version
/// @param instanceId random per start: a change of it means a restart
/// @param startedAt when this process began to serve
/// @param now the service's clock when this was written; consoles compute ages and countdowns from the offset
/// @param url the address it listens on
/// @param trustMode whether `x-org-id` alone is believed (loopback, no client token)
/// @param simulated whether the default provider is simulated, so that no answer is real
/// @param defaultProvider the provider that answers requests that name none
/// @param dataDir the data directory, as an absolute path
public record ServiceInfo(
        String name,
        String version,
        String instanceId,
        Instant startedAt,
        Instant now,
        String url,
        boolean trustMode,
        boolean simulated,
        String defaultProvider,
        String dataDir) {}
