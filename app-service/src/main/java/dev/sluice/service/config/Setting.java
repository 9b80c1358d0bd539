package dev.sluice.service.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The settings an operator may change while the service runs.
public enum Setting {
    /// Whether identical requests share one call.
    COALESCE_ENABLED("1", "Identical concurrent requests share one provider call and one stored turn."),
    /// Whether streamed requests do.
    STREAM_FANOUT_ENABLED("1", "Streamed requests share calls too; off, every stream calls the provider itself.");

    private static final Set<String> ON = Set.of("1", "true", "yes", "on");
    private static final Set<String> OFF = Set.of("0", "false", "no", "off");

    private final String defaultValue;
    private final String description;

    Setting(String defaultValue, String description) {
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /// Finds a setting by its name in the environment.
    public static Optional<Setting> find(String name) {
        for (Setting setting : values()) {
            if (setting.name().equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    /// Returns a value in canonical form, `1` or `0`.
    ///
    /// @throws IllegalArgumentException if it is neither 1/0, true/false, yes/no nor on/off
    public String canonical(String value) {
        return flag(name(), value);
    }

    /// Reads a flag of any name as `1` or `0`.
    ///
    /// @throws IllegalArgumentException naming it
    static String flag(String name, String value) {
        String lower = value.strip().toLowerCase(Locale.ROOT);
        if (ON.contains(lower)) {
            return "1";
        }
        if (OFF.contains(lower)) {
            return "0";
        }
        throw new BadValueException(name, name + " must be 1/0, true/false, yes/no or on/off.");
    }
}
