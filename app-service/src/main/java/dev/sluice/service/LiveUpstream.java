package dev.sluice.service;

import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.Scheduler;
import dev.sluice.service.provider.Sleeper;
import dev.sluice.service.provider.SystemScheduler;
import dev.sluice.service.provider.Transport;
import dev.sluice.service.provider.UpstreamLimits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// The real world of providers: the network and the system's clock.
final class LiveUpstream implements Upstream, AutoCloseable {
    private final SystemScheduler scheduler = new SystemScheduler();
    private final Transport transport;

    LiveUpstream(UpstreamLimits limits) {
        transport = new Transport(limits, scheduler, InstantSource.system());
    }

    @Override
    public Providers providers(Function<String, Optional<String>> environment, boolean simulationAllowed) {
        return Providers.from(environment, simulationAllowed, transport, Sleeper.REAL);
    }

    @Override
    public void awaitReady() {
        transport.awaitReady();
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public void close() {
        transport.close();
        scheduler.close();
    }
}
