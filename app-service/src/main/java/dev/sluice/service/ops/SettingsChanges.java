package dev.sluice.service.ops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.Durations;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.VersionConflictException;
import dev.sluice.service.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Changes live settings: checked, stored and audited in one transaction, then in force. Thread-safe.
final class SettingsChanges {
    private final Settings settings;
    private final SettingsRepository repository;
    private final SettingsHistory history;
    private final SettingEffects effects;
    private final InstantSource clock;

    SettingsChanges(
            Settings settings,
            SettingsRepository repository,
            SettingsHistory history,
            SettingEffects effects,
            InstantSource clock) {
        this.settings = settings;
        this.repository = repository;
        this.history = history;
        this.effects = effects;
        this.clock = clock;
    }

    /// Reads and checks a change.
    ///
    /// @throws ApiException 422 naming what is wrong
    SettingsChange read(JsonNode body) {
        return SettingsChange.read(body, settings.catalog());
    }

    /// Says what a change would do, without doing it.
    SettingsPreview preview(SettingsChange change) {
        var changes = new ArrayList<SettingsPreview.Change>();
        Duration lasting = change.revertAfter();
        change.values().forEach((setting, value) -> {
            String before = settings.value(setting);
            String after = value == null ? settings.startupValue(setting) : value;
            if (!before.equals(after)) {
                var effect = effects.of(setting, before, after);
                String text = lasting == null
                        ? effect.text()
                        : effect.text() + " It goes back by itself after " + Durations.canonical(lasting) + ".";
                changes.add(new SettingsPreview.Change(
                        setting.name(), before, after, text, effect.callsAdded(), effect.tokensAdded()));
            }
        });
        return new SettingsPreview(settings.version(), changes);
    }

    /// Stores a change and puts it in force.
    ///
    /// @param version the version it was made for
    /// @throws ApiException 412 with the current settings if they have changed since
    SettingsView apply(SettingsChange change, long version, String actor) {
        var values = new LinkedHashMap<String, @Nullable String>();
        change.values().forEach((setting, value) -> values.put(setting.name(), value));
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Duration lasting = change.revertAfter();
        Instant until = lasting == null ? null : at.plus(lasting);
        try {
            settings.publish(repository.save(
                    version,
                    values,
                    until,
                    actor,
                    at,
                    (sql, before, after) -> history.changed(
                            sql, before, after, change.values().keySet(), until, actor, at, change.reason())));
        } catch (VersionConflictException conflict) {
            settings.publish(repository.load());
            throw ApiException.preconditionFailed(
                    "The settings have changed since you read them (version " + conflict.currentVersion()
                            + "); look at them again.",
                    settings.view());
        }
        return settings.view();
    }
}
