package dev.sluice.service.ops;

import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.http.Routes;
import dev.sluice.service.ops.Conditions.Backlog;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The operators' side of the service, put together.
public final class Ops implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Ops.class.getName());

    private final OpsFeed feed;
    private final SettingsReverts reverts;
    private final List<Routes> routes;

    /// Takes back what fell due while the service was down, and writes into the audit what else differs
    /// from the last run.
    ///
    /// @param epoch names this run of the service
    /// @param timer its thread works the feed every tick
    public Ops(
            String epoch,
            Supplier<ServiceInfo> service,
            Observed observed,
            Settings settings,
            SettingsRepository settingsRepository,
            AuditRepository audit,
            Wakeups wakeups,
            Clock timer) {
        InstantSource clock = timer::now;
        var history = new SettingsHistory(settings, settingsRepository, audit);
        reverts = new SettingsReverts(settings, settingsRepository, history, clock);
        catchUp(history, clock);
        var verifier = new AuditVerifier(audit, clock);
        var view = new OpsView(
                observed,
                settings,
                new Conditions(
                        observed.database(),
                        observed.http(),
                        () -> Backlog.of(observed.threads().unstored()),
                        observed.sessions()::stats,
                        settings,
                        verifier,
                        reverts,
                        clock));
        var threads = observed.threads();
        var metrics = observed.metrics();
        var effects = new SettingEffects(
                settings,
                metrics,
                () -> threads.inAir().size(),
                observed.lanes()::view,
                new TextEffects(observed.texts()),
                clock);
        var changes = new SettingsChanges(settings, settingsRepository, history, effects, clock);
        feed = new OpsFeed(view, epoch, wakeups, timer);
        routes = List.of(
                new OpsRoutes(feed, service, settings, changes, audit, threads, clock),
                new AuditRoutes(audit, verifier, clock),
                new MetricsRoutes(metrics, view, observed));
        verifier.start();
        reverts.start();
    }

    public List<Routes> routes() {
        return routes;
    }

    @Override
    public void close() {
        reverts.close();
        feed.close();
    }

    private void catchUp(SettingsHistory history, InstantSource clock) {
        try {
            reverts.revertDue();
            history.restarted(clock.instant());
        } catch (StoreUnavailableException sick) {
            // what is due stays due, and what differs is found at the next start
            LOG.log(Level.WARNING, "event=settings_not_caught_up reason=" + sick.reason());
        }
    }
}
