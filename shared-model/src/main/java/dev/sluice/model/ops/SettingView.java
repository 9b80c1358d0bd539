package dev.sluice.model.ops;

import java.time.Instant;
import java.util.List;
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
/// @param rule which values are acceptable
/// @param revert when and to what it goes back by itself; null if it does not
public record SettingView(
        String name,
        String type,
        String value,
        String defaultValue,
        String source,
        String description,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        Rule rule,
        @Nullable Revert revert) {
    /// What a value must be.
    ///
    /// @param group settings that belong together, `coalescing`, `safety`, `provider openai`
    /// @param choices the acceptable values; empty if the type says it all
    /// @param min the least acceptable value in canonical form; null if there is none
    /// @param max the greatest acceptable value in canonical form; null if there is none
    public record Rule(
            String group,
            List<String> choices,
            @Nullable String min,
            @Nullable String max) {
        public Rule {
            choices = List.copyOf(choices);
        }

        /// A rule that says no more than the type.
        public static Rule anyOf(String group) {
            return new Rule(group, List.of(), null, null);
        }
    }

    /// A change that lasts for a time only.
    ///
    /// @param at when it goes back
    /// @param to the operator's value it goes back to; null for what holds without one
    public record Revert(Instant at, @Nullable String to) {}

    /// Returns whether a flag is on.
    public boolean on() {
        return value.equals("1");
    }
}
