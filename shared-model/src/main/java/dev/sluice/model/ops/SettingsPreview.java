package dev.sluice.model.ops;

import java.util.List;

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
    public record Change(String name, String before, String after, String effect) {}
}
