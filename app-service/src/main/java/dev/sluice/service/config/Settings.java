package dev.sluice.service.config;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The live settings: a stored operator's value over what the service was started with over the default.
///
/// Reading is a volatile read of an immutable state. Thread-safe.
public final class Settings {
    private final Map<Setting, StartupValues.Value> startup = new EnumMap<>(Setting.class);
    private volatile Stored stored;
    private volatile Map<Setting, String> inForce;

    /// @throws IllegalArgumentException if a start-up value is not acceptable
    public Settings(StartupValues values, Stored stored) {
        for (Setting setting : Setting.values()) {
            values.find(setting.name())
                    .ifPresent(value -> startup.put(
                            setting, new StartupValues.Value(setting.canonical(value.text()), value.source())));
        }
        this.stored = stored;
        this.inForce = compute(stored);
    }

    /// Returns whether a flag is on.
    public boolean on(Setting setting) {
        return value(setting).equals("1");
    }

    /// Returns the value in force, in canonical form.
    public String value(Setting setting) {
        String value = inForce.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no value");
        }
        return value;
    }

    /// Returns what is in force unless an operator sets a value: what the service was started with, or the default.
    public String startupValue(Setting setting) {
        StartupValues.Value started = startup.get(setting);
        return started == null ? setting.defaultValue() : started.text();
    }

    public long version() {
        return stored.version();
    }

    /// Returns all settings with where they come from.
    public SettingsView view() {
        Stored now = stored;
        return new SettingsView(
                now.version(),
                Arrays.stream(Setting.values()).map(s -> view(s, now)).toList());
    }

    /// Puts a newer stored state in force; an older one changes nothing.
    public synchronized void publish(Stored newer) {
        if (newer.version() > stored.version()) {
            inForce = compute(newer);
            stored = newer;
        }
    }

    private SettingView view(Setting setting, Stored now) {
        var operator = Optional.ofNullable(now.values().get(setting.name()));
        String source = operator.isPresent()
                ? "operator"
                : Optional.ofNullable(startup.get(setting))
                        .map(StartupValues.Value::source)
                        .orElse("default");
        return new SettingView(
                setting.name(),
                "flag",
                effective(setting, now),
                setting.defaultValue(),
                source,
                setting.description(),
                operator.map(StoredValue::changedBy).orElse(null),
                operator.map(StoredValue::changedAt).orElse(null),
                SettingView.Rule.anyOf("coalescing"),
                null);
    }

    private Map<Setting, String> compute(Stored now) {
        var values = new EnumMap<Setting, String>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, effective(setting, now));
        }
        return values;
    }

    private String effective(Setting setting, Stored now) {
        StoredValue operator = now.values().get(setting.name());
        if (operator != null) {
            return setting.canonical(operator.value());
        }
        return startupValue(setting);
    }
}
