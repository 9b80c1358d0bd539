package dev.sluice.ui.change;

import java.util.HashMap;
import java.util.Map;

/// The changes of all settings: one [SettingChange] each, so that every screen shows the same. Confined to the FX
/// thread.
public final class Changes {
    private final Desk desk;
    private final Map<String, SettingChange> changes = new HashMap<>();

    /// Creates changes made at `desk`.
    public Changes(Desk desk) {
        this.desk = desk;
    }

    /// Returns the changes of one setting, known to the service or not.
    public SettingChange of(String setting) {
        return changes.computeIfAbsent(setting, name -> new SettingChange(name, desk));
    }

    /// Takes in the service's latest word.
    public void refresh() {
        changes.values().forEach(SettingChange::refresh);
    }
}
