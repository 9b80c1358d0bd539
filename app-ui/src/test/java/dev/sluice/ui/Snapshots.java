package dev.sluice.ui;

import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import java.time.Instant;
import java.util.List;

/// What a service says in tests.
public final class Snapshots {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Snapshots() {}

    public static OpsSnapshot of(long leaders, long followers) {
        return new OpsSnapshot(
                new ServiceInfo("sluice", "1", "i", NOW, NOW, "http://127.0.0.1:1", true, true, "mock", "/d"),
                new OperatorInfo("operator@test", "operator"),
                totals(leaders, followers),
                LoadView.NONE,
                List.of(new FlightView(
                        "f1", "abcdef012345", "a", "t", "mock", "m", "done", NOW, NOW, NOW, 0, 49, 3, 20, null)),
                List.of(),
                settings(1, "1"));
    }

    public static OpsChange change(long leaders, long followers) {
        return new OpsChange(NOW, totals(leaders, followers), null, null, null, null);
    }

    public static OpsChange change(SettingsView settings) {
        return new OpsChange(NOW, null, null, null, null, settings);
    }

    public static SettingsView settings(long version, String coalesce) {
        return new SettingsView(
                version,
                List.of(
                        new SettingView("COALESCE_ENABLED", "flag", coalesce, "1", "default", "shares", null, null),
                        new SettingView("STREAM_FANOUT_ENABLED", "flag", "1", "1", "default", "fans", null, null)));
    }

    private static CoalesceTotals totals(long leaders, long followers) {
        double ratio = leaders + followers == 0 ? 0 : (double) followers / (leaders + followers);
        return new CoalesceTotals(leaders + followers, leaders, followers, 0, 0, 0, ratio, leaders, followers);
    }
}
