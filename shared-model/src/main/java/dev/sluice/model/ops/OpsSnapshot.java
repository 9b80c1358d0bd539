package dev.sluice.model.ops;

import java.util.List;

/// Everything the console's first screen shows, as one consistent document.
///
/// @param flights live ones first, then the latest ended; at most [#MAX_FLIGHTS]
/// @param recent the latest finished requests, newest first; at most [#MAX_RECENT]
public record OpsSnapshot(
        ServiceInfo service,
        OperatorInfo operator,
        CoalesceTotals totals,
        LoadView load,
        List<FlightView> flights,
        List<RequestView> recent,
        SettingsView settings) {
    /// Most flights listed.
    public static final int MAX_FLIGHTS = 200;
    /// Most requests listed.
    public static final int MAX_RECENT = 100;

    public OpsSnapshot {
        flights = List.copyOf(flights);
        recent = List.copyOf(recent);
    }
}
