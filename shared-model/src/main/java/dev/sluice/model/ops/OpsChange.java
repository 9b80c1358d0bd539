package dev.sluice.model.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.model.sms.SmsView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changed since the event before: each part replaces the whole part of an [OpsSnapshot], an absent
/// one stands.
///
/// @param at the service's clock
/// @param recent replaces the list of recent requests
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpsChange(
        Instant at,
        @Nullable CoalesceTotals totals,
        @Nullable LoadView load,
        @Nullable List<FlightView> flights,
        @Nullable List<RequestView> recent,
        @Nullable SettingsView settings,
        @Nullable List<ProviderView> providers,
        @Nullable List<ConditionView> conditions,
        @Nullable SmsView sms) {
    /// Says that nothing changed but the time.
    public static OpsChange none(Instant at) {
        return new OpsChange(at, null, null, null, null, null, null, null, null);
    }

    /// Returns the snapshot after this change.
    public OpsSnapshot applyTo(OpsSnapshot before) {
        return new OpsSnapshot(
                before.service(),
                before.operator(),
                totals != null ? totals : before.totals(),
                load != null ? load : before.load(),
                flights != null ? flights : before.flights(),
                recent != null ? recent : before.recent(),
                settings != null ? settings : before.settings(),
                providers != null ? providers : before.providers(),
                conditions != null ? conditions : before.conditions(),
                sms != null ? sms : before.sms());
    }
}
