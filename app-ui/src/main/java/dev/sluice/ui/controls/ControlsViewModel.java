package dev.sluice.ui.controls;

import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.OpsStore;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The settings, the flags among them that can be turned, and who changed what. Confined to the FX thread.
public final class ControlsViewModel {
    private static final int AUDIT_ENTRIES = 50;

    private final OpsClient ops;
    private final OpsStore store;
    private final Executor background;
    private final Executor fx;
    private final List<SettingToggle> toggles;
    private final ObservableList<SettingRow> settings = FXCollections.observableArrayList();
    private final ObservableList<AuditRow> audit = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper auditNote = new ReadOnlyStringWrapper(this, "auditNote", "Loading…");
    private long auditedVersion = -1;

    /// Creates the model.
    ///
    /// @param background where calls to the service may block
    /// @param fx the FX thread
    public ControlsViewModel(OpsClient ops, OpsStore store, Dialogs dialogs, Executor background, Executor fx) {
        this.ops = ops;
        this.store = store;
        this.background = background;
        this.fx = fx;
        this.toggles = Stream.of(Gate.values())
                .map(gate -> new SettingToggle(gate, ops, store, dialogs, background, fx))
                .toList();
    }

    /// Returns the flags that can be turned.
    public List<SettingToggle> toggles() {
        return toggles;
    }

    ObservableList<SettingRow> settings() {
        return settings;
    }

    ObservableList<AuditRow> audit() {
        return audit;
    }

    /// Why the audit is empty.
    ReadOnlyStringProperty auditNote() {
        return auditNote.getReadOnlyProperty();
    }

    /// Has the audit read again at the next [#refresh]; otherwise that happens when a setting changed.
    void forgetAudit() {
        auditedVersion = -1;
    }

    /// Takes in the service's latest word.
    public void refresh() {
        toggles.forEach(SettingToggle::refresh);
        var snapshot = store.state().snapshot();
        if (snapshot == null) {
            return;
        }
        var view = snapshot.settings();
        var rows = view.settings().stream().map(SettingRow::of).toList();
        if (!rows.equals(settings)) {
            settings.setAll(rows);
        }
        if (view.version() != auditedVersion) {
            auditedVersion = view.version();
            loadAudit();
        }
    }

    private void loadAudit() {
        background.execute(() -> {
            try {
                var rows = ops.audit(AUDIT_ENTRIES).entries().stream()
                        .map(AuditRow::of)
                        .toList();
                fx.execute(() -> {
                    audit.setAll(rows);
                    auditNote.set("Nothing was changed yet");
                });
            } catch (LinkException e) {
                fx.execute(() -> auditNote.set("The audit could not be read. " + e.getMessage()));
            }
        });
    }
}
