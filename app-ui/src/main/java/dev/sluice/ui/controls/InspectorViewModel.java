package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.change.Wording;
import dev.sluice.ui.fx.Question;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The editor of the chosen setting: its draft is checked before anything is sent. Confined to the FX thread.
public final class InspectorViewModel {
    private final Desk desk;
    private final Changes changes;
    private final StringProperty draft = new SimpleStringProperty(this, "draft", "");
    private final ReadOnlyObjectWrapper<@Nullable Inspection> shown = new ReadOnlyObjectWrapper<>(this, "shown", null);
    private @Nullable SettingChange change;
    private String seen = "";

    InspectorViewModel(Desk desk, Changes changes) {
        this.desk = desk;
        this.changes = changes;
        draft.subscribe(this::show);
    }

    /// What the operator would set.
    StringProperty draft() {
        return draft;
    }

    /// What to show; null if no setting is chosen.
    ReadOnlyObjectProperty<@Nullable Inspection> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Chooses a setting; null for none.
    void choose(@Nullable String name) {
        change = name == null ? null : changes.of(name);
        seen = setting() == null ? "" : value();
        draft.set(seen);
        show();
    }

    /// Takes in the service's latest word; a draft that nobody touched follows it.
    void refresh() {
        var now = change;
        if (now != null) {
            now.refresh();
            var value = value();
            if (!value.equals(seen)) {
                if (draft.get().equals(seen)) {
                    seen = value;
                    draft.set(value);
                }
                seen = value;
            }
        }
        show();
    }

    /// Asks to set the draft.
    void send() {
        propose(draft.get().strip());
    }

    /// Asks to turn a flag.
    void turn() {
        var setting = setting();
        if (setting != null) {
            propose(setting.on() ? "0" : "1");
        }
    }

    /// Drafts the default.
    void draftDefault() {
        var setting = setting();
        if (setting != null) {
            draft.set(setting.defaultValue());
        }
    }

    /// Takes back the latest change.
    void undo() {
        if (change != null) {
            change.undo();
        }
    }

    private void propose(String value) {
        var setting = setting();
        var now = change;
        var inspection = shown.get();
        if (setting == null
                || now == null
                || inspection == null
                || !inspection.problem().isEmpty()) {
            return;
        }
        var verb = Inspection.verb(setting, value);
        now.propose(
                value,
                new Wording(
                        verb + "?",
                        setting.description() + " It is " + SettingWords.value(setting, setting.value()) + " now.",
                        verb,
                        "Keep " + SettingWords.value(setting, setting.value()),
                        Question.Extras.REASON_AND_TIME));
    }

    private void show() {
        var setting = setting();
        var now = change;
        shown.set(
                setting == null || now == null
                        ? null
                        : Inspection.of(setting, now, draft.get(), desk.store().serviceNow()));
    }

    private String value() {
        var setting = setting();
        return setting == null ? "" : setting.value();
    }

    private @Nullable SettingView setting() {
        return change == null ? null : change.setting().orElse(null);
    }
}
