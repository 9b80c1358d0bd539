package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.fx.Figures;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;

/// One live setting, or the name of a group of them, as the table shows it.
///
/// @param heading whether it is a group's name
/// @param changed who changed it and when; a dash if nobody did
record SettingRow(
        boolean heading,
        String name,
        String value,
        String standard,
        String source,
        String changed,
        String description) {
    static SettingRow group(String group) {
        return new SettingRow(true, SettingWords.group(group), "", "", "", "", "");
    }

    static SettingRow of(SettingView setting, SettingChange change, Instant now) {
        var at = setting.changedAt();
        return new SettingRow(
                false,
                setting.name(),
                value(setting, change, now),
                SettingWords.value(setting, setting.defaultValue()),
                setting.source(),
                at != null && setting.changedBy() != null
                        ? setting.changedBy() + ", " + Figures.dayTime(at, ZoneId.systemDefault())
                        : Figures.UNKNOWN,
                setting.description());
    }

    private static String value(SettingView setting, SettingChange change, Instant now) {
        if (change.progress().get().pending()) {
            return SettingWords.value(setting, change.shownValue()) + ", pending";
        }
        var back = SettingWords.countdown(setting, now);
        return SettingWords.value(setting, setting.value()) + (back.isEmpty() ? "" : ", back in " + back);
    }

    /// Returns whether its name or meaning contains the text, which is in lower case.
    static boolean mentions(SettingView setting, String text) {
        return (setting.name() + " " + setting.rule().group() + " " + setting.description())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }
}
