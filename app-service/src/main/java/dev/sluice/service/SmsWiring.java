package dev.sluice.service;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.config.Exposure;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.consolidate.SystemSteadyTime;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.ReadinessCheck;
import dev.sluice.service.ops.AuditRepository;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.SmsService;
import dev.sluice.service.sms.WebhookConfig;
import dev.sluice.service.sms.WebhookRoutes;
import dev.sluice.service.sms.reply.ReplySenders;
import dev.sluice.service.sms.reply.SendTimes;
import dev.sluice.service.store.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Puts the texts' part of the service together.
final class SmsWiring {
    private SmsWiring() {}

    /// Starts it: what an earlier process left is taken up at once.
    ///
    /// @throws IllegalArgumentException naming a start-up value that is not usable
    static SmsService start(
            Database database,
            Sessions sessions,
            Lanes lanes,
            OrgBudgets budgets,
            Settings settings,
            StartupValues values,
            LiveSettings live,
            Clock clock) {
        var replies = new ReplySenders(values::text, SendTimes.DEFAULT, clock::now);
        var audit = new AuditRepository(database);
        var sms = new SmsService(new SmsService.House(
                database,
                sessions,
                lanes,
                budgets,
                new LiveTextSettings(settings),
                replies.sender(),
                replies.batchWebhook(),
                audit::append,
                clock,
                new SystemSteadyTime(clock.now()),
                live::retention,
                new SecureRandom(),
                () -> ThreadLocalRandom.current().nextDouble(),
                ZoneId.systemDefault()));
        settings.onChange(_ -> sms.settingsChanged());
        return sms;
    }

    /// Returns what takes texts on the service's own address.
    static WebhookRoutes webhooks(SmsService sms, StartupValues values, Exposure exposure, String bind) {
        boolean reachable = exposure.behindProxy() || !Edges.address(bind).isLoopbackAddress();
        return new WebhookRoutes(sms, WebhookConfig.from(values::text), InstantSource.system(), reachable);
    }

    /// Starts the listener that serves webhooks alone, so that a tunnel to it exposes nothing else; empty
    /// unless SLUICE_WEBHOOK_PORT is set. It takes nothing unsigned.
    static Optional<HttpService> listener(
            SmsService sms, StartupValues values, HttpConfig config, Auth auth, List<ReadinessCheck> checks) {
        int port = ServiceConfig.number(values, "SLUICE_WEBHOOK_PORT", -1, 0, 65_535);
        if (port < 0) {
            return Optional.empty();
        }
        String bind = values.text("SLUICE_WEBHOOK_BIND").orElse("127.0.0.1");
        var routes = new WebhookRoutes(sms, WebhookConfig.from(values::text), InstantSource.system(), true);
        return Optional.of(HttpService.start(
                config.listeningAt(bind, port), auth, List.of(routes), checks, StoreAnswers::explain));
    }
}
