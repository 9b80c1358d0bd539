package dev.sluice.service.ops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.VersionConflictException;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.thread.ChatMetrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Changes live settings: checked, stored and audited in one transaction, then in force. Thread-safe.
final class SettingsChanges {
    private static final int MAX_REASON = 500;

    private final Settings settings;
    private final SettingsRepository repository;
    private final AuditRepository audit;
    private final ChatMetrics metrics;
    private final IntSupplier inFlight;
    private final InstantSource clock;

    /// @param inFlight tells how many flights are in the air
    SettingsChanges(
            Settings settings,
            SettingsRepository repository,
            AuditRepository audit,
            ChatMetrics metrics,
            IntSupplier inFlight,
            InstantSource clock) {
        this.settings = settings;
        this.repository = repository;
        this.audit = audit;
        this.metrics = metrics;
        this.inFlight = inFlight;
        this.clock = clock;
    }

    /// Reads and checks a change.
    ///
    /// @param body names to values; null takes the operator's value back; `reason` says why
    /// @throws ApiException 422 naming what is wrong
    Change read(JsonNode body) {
        var values = new LinkedHashMap<Setting, @Nullable String>();
        String reason = null;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (field.getKey().equals("reason")) {
                reason = reason(field.getValue());
            } else {
                Setting setting = Setting.find(field.getKey())
                        .orElseThrow(() -> ApiException.unprocessable(
                                field.getKey(), "There is no live setting " + field.getKey() + "."));
                values.put(setting, value(setting, field.getValue()));
            }
        }
        if (values.isEmpty()) {
            throw ApiException.unprocessable(null, "Name at least one setting, such as {\"COALESCE_ENABLED\": 0}.");
        }
        return new Change(values, reason);
    }

    /// Says what a change would do, without doing it.
    SettingsPreview preview(Change change) {
        var changes = new ArrayList<SettingsPreview.Change>();
        change.values().forEach((setting, value) -> {
            String before = settings.value(setting);
            String after = value == null ? settings.startupValue(setting) : value;
            if (!before.equals(after)) {
                changes.add(
                        new SettingsPreview.Change(setting.name(), before, after, effect(setting, after), null, null));
            }
        });
        return new SettingsPreview(settings.version(), changes);
    }

    /// Stores a change and puts it in force.
    ///
    /// @param version the version it was made for
    /// @throws ApiException 412 with the current settings if they have changed since
    SettingsView apply(Change change, long version, String actor) {
        var stored = new LinkedHashMap<String, @Nullable String>();
        change.values().forEach((setting, value) -> stored.put(setting.name(), value));
        var at = clock.instant();
        try {
            repository.save(
                    version,
                    stored,
                    actor,
                    at,
                    sql -> change.values().forEach((setting, value) -> {
                        String after = value == null ? settings.startupValue(setting) : value;
                        audit.append(
                                sql,
                                at,
                                actor,
                                "setting.changed",
                                setting.name(),
                                settings.value(setting),
                                after,
                                change.reason());
                    }));
        } catch (VersionConflictException conflict) {
            settings.publish(repository.load());
            throw ApiException.preconditionFailed(
                    "The settings have changed since you read them (version " + conflict.currentVersion()
                            + "); look at them again.",
                    settings.view());
        }
        settings.publish(repository.load());
        return settings.view();
    }

    private String effect(Setting setting, String after) {
        boolean on = after.equals("1");
        var totals = metrics.totals();
        String numbers = " Now in the air: " + inFlight.getAsInt() + ". Since start " + totals.callsSaved() + " of "
                + (totals.leaders() + totals.followers()) + " shareable requests cost no call of their own.";
        return switch (setting) {
            case COALESCE_ENABLED ->
                (on
                                ? "Identical requests share one provider call from now on."
                                : "Every new request calls the provider itself; flights in the air finish.")
                        + numbers;
            case STREAM_FANOUT_ENABLED ->
                (on
                                ? "Streamed requests share calls from now on."
                                : "Every new stream calls the provider itself; flights in the air finish.")
                        + numbers;
        };
    }

    private static @Nullable String value(Setting setting, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw ApiException.unprocessable(setting.name(), setting.name() + " must be a plain value.");
        }
        try {
            return setting.canonical(value.asText());
        } catch (IllegalArgumentException wrong) {
            throw ApiException.unprocessable(setting.name(), String.valueOf(wrong.getMessage()));
        }
    }

    private static @Nullable String reason(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > MAX_REASON) {
            throw ApiException.unprocessable(
                    "reason", "reason must be a text of at most " + MAX_REASON + " characters.");
        }
        return value.textValue();
    }

    /// @param values null takes the operator's value back
    /// @param reason why; null if not said
    record Change(
            Map<Setting, @Nullable String> values, @Nullable String reason) {}
}
