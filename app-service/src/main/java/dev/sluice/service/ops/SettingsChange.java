package dev.sluice.service.ops;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.config.Durations;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.StartupOnly;
import dev.sluice.service.config.ValueType;
import dev.sluice.service.http.ApiException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operator wants changed, checked.
///
/// @param values canonical values; null takes the operator's value back
/// @param reason why; null if not said
/// @param revertAfter how long it is to last; null for ever
record SettingsChange(
        Map<Setting, @Nullable String> values,
        @Nullable String reason,
        @Nullable Duration revertAfter) {
    static final String REASON = "reason";
    private static final String REVERT_AFTER = "revert_after";
    private static final int MAX_REASON = 500;
    private static final int MAX_SHOWN_NAME = 64;
    private static final ValueType REVERT = new ValueType.Span(Duration.ofSeconds(1), Duration.ofDays(7));

    SettingsChange {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Reads a change.
    ///
    /// @param body names to values, with `reason` and `revert_after`
    /// @throws ApiException 422 naming what is wrong, never a value
    static SettingsChange read(JsonNode body, SettingCatalog catalog) {
        var values = new LinkedHashMap<Setting, @Nullable String>();
        String reason = null;
        Duration revertAfter = null;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            switch (field.getKey()) {
                case REASON -> reason = reason(field.getValue());
                case REVERT_AFTER -> revertAfter = revertAfter(field.getValue());
                default -> {
                    Setting setting = catalog.find(field.getKey()).orElseThrow(() -> unknown(field.getKey()));
                    values.put(setting, canonical(setting.name(), setting.type(), field.getValue()));
                }
            }
        }
        if (values.isEmpty()) {
            throw ApiException.unprocessable(null, "Name at least one setting, such as {\"COALESCE_ENABLED\": 0}.");
        }
        return new SettingsChange(values, reason, revertAfter);
    }

    private static ApiException unknown(String name) {
        String shown = name.length() > MAX_SHOWN_NAME ? name.substring(0, MAX_SHOWN_NAME) : name;
        return ApiException.unprocessable(
                shown, StartupOnly.why(shown).orElse("There is no live setting " + shown + " in this service."));
    }

    private static @Nullable Duration revertAfter(JsonNode value) {
        String canonical = canonical(REVERT_AFTER, REVERT, value);
        return canonical == null ? null : Durations.parse(REVERT_AFTER, canonical);
    }

    private static @Nullable String canonical(String name, ValueType type, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw ApiException.unprocessable(name, name + " must be a plain value.");
        }
        try {
            return type.canonical(name, value.asText());
        } catch (IllegalArgumentException wrong) {
            throw ApiException.unprocessable(name, String.valueOf(wrong.getMessage()));
        }
    }

    /// Reads why somebody does something; null if they did not say.
    static @Nullable String reason(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().length() > MAX_REASON) {
            throw ApiException.unprocessable(REASON, "reason must be a text of at most " + MAX_REASON + " characters.");
        }
        return value.textValue();
    }
}
