package dev.sluice.model.ops;

import dev.sluice.model.sms.SmsView;
import java.util.List;

/// Everything the console's first screen shows, as one consistent document.
///
/// @param flights live ones first, then the latest ended; at most [#MAX_FLIGHTS]
/// @param recent the latest finished requests, newest first; at most [#MAX_RECENT]
/// @param providers every provider that can be called, in a fixed order
/// @param conditions everything that is watched, whether it is well or not, in a fixed order
/// @param sms texts and their windows
public record OpsSnapshot(
        ServiceInfo service,
        OperatorInfo operator,
        CoalesceTotals totals,
        LoadView load,
        List<FlightView> flights,
        List<RequestView> recent,
        SettingsView settings,
        List<ProviderView> providers,
        List<ConditionView> conditions,
        SmsView sms) {
    /// Most flights listed.
    public static final int MAX_FLIGHTS = 200;
    /// Most requests listed.
    public static final int MAX_RECENT = 100;

    public OpsSnapshot {
        flights = List.copyOf(flights);
        recent = List.copyOf(recent);
        providers = List.copyOf(providers);
        conditions = List.copyOf(conditions);
    }
}
