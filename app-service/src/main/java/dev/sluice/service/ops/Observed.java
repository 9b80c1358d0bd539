package dev.sluice.service.ops;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.sms.SmsView;
import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.store.Database;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ThreadService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The parts of the service that operators look at.
///
/// @param http what the server counts
/// @param sms texts at a glance
/// @param smsReport counts of an org's texts, of all orgs for null
public record Observed(
        ThreadService threads,
        Lanes lanes,
        ChatMetrics metrics,
        Sessions sessions,
        Database database,
        Supplier<HttpCounts> http,
        Supplier<SmsView> sms,
        Function<@Nullable String, PerformanceReport.Sms> smsReport) {}
