package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.fx.Figures;
import java.time.ZoneId;

/// One live setting as the table shows it.
///
/// @param changed who changed it and when; a dash if nobody did
record SettingRow(String name, String value, String standard, String source, String changed, String description) {
    static SettingRow of(SettingView setting) {
        var at = setting.changedAt();
        return new SettingRow(
                setting.name(),
                shown(setting, setting.value()),
                shown(setting, setting.defaultValue()),
                setting.source(),
                at != null && setting.changedBy() != null
                        ? setting.changedBy() + ", " + Figures.dayTime(at, ZoneId.systemDefault())
                        : Figures.UNKNOWN,
                setting.description());
    }

    private static String shown(SettingView setting, String value) {
        if (setting.type().equals("flag")) {
            return value.equals("1") ? "on" : "off";
        }
        return value.isEmpty() ? "unset" : value;
    }
}
