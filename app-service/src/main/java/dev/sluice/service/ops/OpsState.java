package dev.sluice.service.ops;

import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.model.ops.RequestView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.sms.SmsView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What operators see, at one moment.
record OpsState(
        CoalesceTotals totals,
        LoadView load,
        List<FlightView> flights,
        List<RequestView> recent,
        SettingsView settings,
        List<ProviderView> providers,
        List<ConditionView> conditions,
        SmsView sms) {
    /// Returns what changed since another state; empty if nothing did.
    Optional<OpsChange> since(OpsState before, Instant at) {
        if (equals(before)) {
            return Optional.empty();
        }
        return Optional.of(new OpsChange(
                at,
                totals.equals(before.totals) ? null : totals,
                load.equals(before.load) ? null : load,
                flights.equals(before.flights) ? null : flights,
                recent.equals(before.recent) ? null : recent,
                settings.equals(before.settings) ? null : settings,
                providers.equals(before.providers) ? null : providers,
                conditions.equals(before.conditions) ? null : conditions,
                sms.equals(before.sms) ? null : sms));
    }
}
