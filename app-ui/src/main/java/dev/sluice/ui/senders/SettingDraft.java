package dev.sluice.ui.senders;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.change.ValueRule;
import dev.sluice.ui.change.Wording;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One setting with what the operator would make of it: the draft follows the service's value until it is
/// touched. Confined to the FX thread.
final class SettingDraft {
    private final SettingChange change;
    private final StringProperty draft = new SimpleStringProperty(this, "draft", "");
    private final ReadOnlyObjectWrapper<Face> face = new ReadOnlyObjectWrapper<>(this, "face", Face.NONE);
    private String seen = "";

    /// What to show of it.
    ///
    /// @param value what is in force, or pending
    /// @param blocked why it cannot be changed; empty if it can
    /// @param problem what is wrong with the draft; empty if nothing is
    /// @param changed whether the draft differs from what is in force
    record Face(
            String value,
            boolean pending,
            boolean undoable,
            Note note,
            String blocked,
            String problem,
            boolean changed) {
        static final Face NONE = new Face("", false, false, Note.NONE, "", "", false);

        boolean on() {
            return value.equals("1");
        }

        boolean sendable() {
            return blocked.isEmpty() && problem.isEmpty() && changed;
        }
    }

    SettingDraft(String setting, Changes changes) {
        this.change = changes.of(setting);
        change.progress().subscribe(this::show);
        draft.subscribe(this::show);
    }

    StringProperty draft() {
        return draft;
    }

    ReadOnlyObjectProperty<Face> face() {
        return face.getReadOnlyProperty();
    }

    /// Returns what is in force, by the service's word; empty if it has no such setting.
    String value() {
        return change.setting().map(SettingView::value).orElse("");
    }

    /// Takes in the service's latest word.
    void refresh() {
        change.refresh();
        var value = value();
        if (!value.equals(seen)) {
            boolean untouched = draft.get().equals(seen);
            seen = value;
            if (untouched) {
                draft.set(value);
            }
        }
        show();
    }

    /// Asks to set the draft.
    void send(Wording wording) {
        if (face.get().sendable()) {
            change.propose(draft.get().strip(), wording);
        }
    }

    /// Asks to turn a flag.
    void turn(Wording wording) {
        change.propose(change.shownValue().equals("1") ? "0" : "1", wording);
    }

    /// Takes the latest change back.
    void undo() {
        change.undo();
    }

    private void show() {
        var text = draft.get() == null ? "" : draft.get().strip();
        var setting = change.setting();
        var problem = setting.flatMap(each -> new ValueRule(each).problem(text)).orElse("");
        boolean changed = setting.filter(each -> !new ValueRule(each).same(each.value(), text))
                .isPresent();
        face.set(new Face(
                change.shownValue(),
                change.progress().get().pending(),
                change.undoable(),
                change.note(),
                change.blocked(),
                changed ? problem : "",
                changed));
    }
}
