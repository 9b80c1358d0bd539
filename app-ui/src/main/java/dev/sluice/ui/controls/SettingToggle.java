package dev.sluice.ui.controls;

import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.change.Wording;
import dev.sluice.ui.fx.Question;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One flag: what it is, what was asked of it, and what became of that. Confined to the FX thread.
///
/// It shows the service's word, except while a change is pending: then it shows what was asked for, marked as such.
public final class SettingToggle {
    private final Gate gate;
    private final SettingChange change;
    private final ReadOnlyObjectWrapper<ToggleFace> face =
            new ReadOnlyObjectWrapper<>(this, "face", ToggleFace.UNKNOWN);

    SettingToggle(Gate gate, Changes changes) {
        this.gate = gate;
        this.change = changes.of(gate.setting());
        change.progress().subscribe(this::show);
    }

    /// Returns which flag it is.
    public Gate gate() {
        return gate;
    }

    /// Returns what to show.
    public ReadOnlyObjectProperty<ToggleFace> face() {
        return face.getReadOnlyProperty();
    }

    /// Takes in the service's latest word and shows it.
    public void refresh() {
        change.refresh();
        show();
    }

    /// Asks to turn the flag: first the service what would happen, then the operator whether it shall.
    public void request() {
        change.setting().ifPresent(setting -> {
            boolean on = !setting.on();
            change.propose(
                    on ? "1" : "0",
                    new Wording(
                            gate.verb(on) + "?",
                            gate.meaning(),
                            gate.verb(on),
                            gate.keep(!on),
                            Question.Extras.REASON_AND_TIME));
        });
    }

    /// Turns the flag back after a confirmed change.
    public void undo() {
        change.undo();
    }

    private void show() {
        face.set(ToggleFace.of(change));
    }
}
