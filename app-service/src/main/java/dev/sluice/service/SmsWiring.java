package dev.sluice.service;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.consolidate.SystemSteadyTime;
import dev.sluice.service.ops.AuditRepository;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.SmsService;
import dev.sluice.service.sms.reply.ReplySenders;
import dev.sluice.service.sms.reply.SendTimes;
import dev.sluice.service.store.Database;
import java.security.SecureRandom;
import java.time.ZoneId;
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
}
