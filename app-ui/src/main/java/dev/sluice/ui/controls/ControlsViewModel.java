package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.link.AuditQuery;
import dev.sluice.ui.link.LinkException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The settings, the flags among them that can be turned, and who changed what. Confined to the FX thread.
public final class ControlsViewModel {
    private static final int AUDIT_ENTRIES = 50;

    private final Desk desk;
    private final Changes changes;
    private final List<SettingToggle> toggles;
    private final InspectorViewModel inspector;
    private final LiveRows<SettingRow> settings = new LiveRows<>();
    private final ObservableList<AuditRow> audit = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper auditNote = new ReadOnlyStringWrapper(this, "auditNote", "Loading…");
    private final ReadOnlyStringWrapper auditTitle = new ReadOnlyStringWrapper(this, "auditTitle", "Latest changes");
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private String subject = "";
    private long auditedVersion = -1;

    /// Creates the model.
    public ControlsViewModel(Desk desk, Changes changes) {
        this.desk = desk;
        this.changes = changes;
        this.inspector = new InspectorViewModel(desk, changes);
        this.toggles = Stream.of(Gate.values())
                .map(gate -> new SettingToggle(gate, changes))
                .toList();
        search.subscribe(this::refresh);
    }

    /// Returns the flags that can be turned.
    public List<SettingToggle> toggles() {
        return toggles;
    }

    InspectorViewModel inspector() {
        return inspector;
    }

    ObservableList<SettingRow> settings() {
        return settings.shown();
    }

    ObservableList<AuditRow> audit() {
        return audit;
    }

    /// Why the audit is empty.
    ReadOnlyStringProperty auditNote() {
        return auditNote.getReadOnlyProperty();
    }

    /// What the audit is about.
    ReadOnlyStringProperty auditTitle() {
        return auditTitle.getReadOnlyProperty();
    }

    /// What to look for among the settings.
    StringProperty search() {
        return search;
    }

    /// Chooses a setting to change, and reads its history; empty for none.
    void choose(String name) {
        if (!name.equals(subject)) {
            subject = name;
            inspector.choose(name.isEmpty() ? null : name);
            auditTitle.set(name.isEmpty() ? "Latest changes" : "History");
            audit.clear();
            auditNote.set("Loading…");
            forgetAudit();
            refresh();
        }
    }

    /// Has the audit read again at the next [#refresh]; otherwise that happens when a setting changed.
    void forgetAudit() {
        auditedVersion = -1;
    }

    /// Takes in the service's latest word.
    public void refresh() {
        var snapshot = desk.store().state().snapshot();
        toggles.forEach(SettingToggle::refresh);
        changes.refresh();
        inspector.refresh();
        if (snapshot == null) {
            return;
        }
        var view = snapshot.settings();
        settings.show(rows(view));
        if (view.version() != auditedVersion) {
            auditedVersion = view.version();
            loadAudit(subject);
        }
    }

    private List<SettingRow> rows(SettingsView view) {
        var sought = search.get().strip().toLowerCase(Locale.ROOT);
        var now = desk.store().serviceNow();
        Map<String, List<SettingView>> groups = new LinkedHashMap<>();
        view.settings().stream()
                .filter(setting -> SettingRow.mentions(setting, sought))
                .forEach(setting -> groups.computeIfAbsent(setting.rule().group(), group -> new ArrayList<>())
                        .add(setting));
        var rows = new ArrayList<SettingRow>();
        groups.forEach((group, members) -> {
            rows.add(SettingRow.group(group));
            members.forEach(setting -> rows.add(SettingRow.of(setting, changes.of(setting.name()), now)));
        });
        return rows;
    }

    private void loadAudit(String about) {
        desk.background().execute(() -> {
            try {
                var rows = desk.ops().audit(AuditQuery.about(AUDIT_ENTRIES, about)).entries().stream()
                        .map(AuditRow::of)
                        .toList();
                desk.fx().execute(() -> {
                    if (about.equals(subject)) {
                        audit.setAll(rows);
                        auditNote.set("Nothing was changed yet");
                    }
                });
            } catch (LinkException e) {
                desk.fx().execute(() -> auditNote.set("The audit could not be read. " + e.getMessage()));
            }
        });
    }
}
