package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.fx.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// What the console says of a setting.
final class SettingWords {
    private SettingWords() {}

    /// Returns a value as people say it.
    static String value(SettingView setting, String value) {
        if (setting.type().equals("flag")) {
            return value.equals("1") ? "on" : "off";
        }
        return value.isEmpty() ? "unset" : value;
    }

    /// Returns who set it, when, and what the default is.
    static String origin(SettingView setting) {
        var standard = "default " + value(setting, setting.defaultValue());
        var at = setting.changedAt();
        return setting.changedBy() != null && at != null
                ? "Set by " + setting.changedBy() + " on " + Figures.dayTime(at, ZoneId.systemDefault()) + " · "
                        + standard
                : setting.source().equals("default")
                        ? "At its default, nobody changed it"
                        : "From the " + setting.source() + " · " + standard;
    }

    /// Returns a group's name as a heading.
    static String group(String group) {
        return group.isEmpty() ? "Other" : Character.toUpperCase(group.charAt(0)) + group.substring(1);
    }

    /// Returns how long it takes until it goes back by itself; empty if it does not.
    static String countdown(SettingView setting, Instant now) {
        var revert = setting.revert();
        return revert == null ? "" : Figures.wholeAge(Duration.between(now, revert.at()));
    }

    /// Returns when and to what it goes back by itself; empty if it does not.
    static String revert(SettingView setting, Instant now) {
        var revert = setting.revert();
        if (revert == null) {
            return "";
        }
        var to = revert.to();
        return "Goes back to " + (to == null ? "what holds without an operator's value" : value(setting, to)) + " in "
                + countdown(setting, now);
    }
}
