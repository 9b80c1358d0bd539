package dev.sluice.model.ops;

import java.util.List;
import java.util.Optional;

/// All live settings at one version.
///
/// @param version grows by one with each change; the ETag is this number in quotes
/// @param settings in a fixed order
public record SettingsView(long version, List<SettingView> settings) {
    public SettingsView {
        settings = List.copyOf(settings);
    }

    /// Returns the setting of that name.
    public Optional<SettingView> find(String name) {
        return settings.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /// Returns the entity tag that a change must name in `If-Match`.
    public String etag() {
        return "\"" + version + "\"";
    }
}
