package dev.sluice.model.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change of settings would do: the answer to `PATCH /api/ops/settings?dry_run=1`.
///
/// @param version the version it was computed against
/// @param changes one per setting that would change; empty if nothing would
public record SettingsPreview(long version, List<Change> changes) {
    public SettingsPreview {
        changes = List.copyOf(changes);
    }

    /// @param name the setting
    /// @param before its value now
    /// @param after its value then
    /// @param effect in plain words, with current numbers
    /// @param callsAdded provider calls of the last hour that this value would have added; negative if it would
    ///     have spared them; null if it changes no calls
    /// @param tokensAdded the tokens those calls would have cost; null with `callsAdded`
    public record Change(
            String name,
            String before,
            String after,
            String effect,
            @Nullable Long callsAdded,
            @Nullable Long tokensAdded) {}
}
