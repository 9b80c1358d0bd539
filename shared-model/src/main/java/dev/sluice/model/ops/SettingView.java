package dev.sluice.model.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One live setting with its history in a line.
///
/// @param name as in the environment, `COALESCE_ENABLED`
/// @param type `flag`, `duration`, `choice`, `number` or `text`
/// @param value the value in force, in canonical form (`1`, `0`, `30s`)
/// @param defaultValue the shipped default, in canonical form
/// @param source where the value comes from: `operator`, `flag`, `environment`, `file` or `default`
/// @param description one sentence on what it does
/// @param changedBy who set it; null if no operator did
/// @param changedAt when; null if no operator did
public record SettingView(
        String name,
        String type,
        String value,
        String defaultValue,
        String source,
        String description,
        @Nullable String changedBy,
        @Nullable Instant changedAt) {
    /// Returns whether a flag is on.
    public boolean on() {
        return value.equals("1");
    }
}
