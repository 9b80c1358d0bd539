package dev.sluice.service.ops;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.SmsView;
import dev.sluice.service.sms.SmsService;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Texts, as operators look at them.
///
/// @param view all of them at a glance
/// @param report counts of an org's texts, of all orgs for null
/// @param forecast what a window's length and mode would do to open windows; null for what is in force
public record Texts(
        Supplier<SmsView> view,
        Function<@Nullable String, PerformanceReport.Sms> report,
        BiFunction<@Nullable Duration, @Nullable Boolean, Forecast> forecast) {
    /// Looks at the service's own.
    public static Texts of(SmsService sms) {
        return new Texts(sms::view, sms::report, sms::forecast);
    }
}
