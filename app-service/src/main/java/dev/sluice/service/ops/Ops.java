package dev.sluice.service.ops;

import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.http.Routes;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.Lanes;
import dev.sluice.service.thread.ThreadService;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The operators' side of the service, put together.
public final class Ops implements AutoCloseable {
    private final OpsFeed feed;
    private final List<Routes> routes;

    /// @param epoch names this run of the service
    /// @param openStreams tells how many event streams are open
    /// @param clock for the feed alone, which makes its thread work every tick
    public Ops(
            String epoch,
            Supplier<ServiceInfo> service,
            ThreadService threads,
            Lanes lanes,
            ChatMetrics metrics,
            Settings settings,
            SettingsRepository settingsRepository,
            AuditRepository audit,
            IntSupplier openStreams,
            Wakeups wakeups,
            Clock clock) {
        var view = new OpsView(threads, lanes, metrics, settings, openStreams);
        var changes = new SettingsChanges(
                settings,
                settingsRepository,
                audit,
                metrics,
                () -> threads.inAir().size(),
                clock::now);
        feed = new OpsFeed(view, epoch, wakeups, clock);
        routes = List.of(
                new OpsRoutes(feed, service, settings, changes, audit, threads, clock::now),
                new MetricsRoutes(metrics, view));
        feed.start();
    }

    public List<Routes> routes() {
        return routes;
    }

    @Override
    public void close() {
        feed.close();
    }
}
