package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.Obstacle;
import dev.sluice.ui.change.SettingChange;

/// Everything one flag's card shows at one moment.
///
/// @param on the position shown
/// @param pending whether the position awaits the service's word
/// @param undoable whether the last change can be taken back
/// @param word the position in a word
/// @param told what goes on
/// @param origin who set it, when, and what the default is
/// @param blocked why it cannot be changed now; empty if it can
public record ToggleFace(
        boolean on, boolean pending, boolean undoable, String word, Note told, String origin, String blocked) {
    /// A flag nothing is known of.
    static final ToggleFace UNKNOWN =
            new ToggleFace(false, false, false, "Unknown", Note.NONE, "", Obstacle.UNCONNECTED);

    /// Returns whether the operator may turn it now.
    public boolean enabled() {
        return blocked.isEmpty();
    }

    /// Returns what goes on, as a sentence; empty if nothing does.
    public String note() {
        return told.text();
    }

    static ToggleFace of(SettingChange change) {
        return change.setting().map(setting -> of(change, setting)).orElse(UNKNOWN);
    }

    private static ToggleFace of(SettingChange change, SettingView setting) {
        boolean on = change.shownValue().equals("1");
        boolean pending = change.progress().get().pending();
        return new ToggleFace(
                on,
                pending,
                change.undoable(),
                (on ? "On" : "Off") + (pending ? ", pending" : ""),
                change.note(),
                SettingWords.origin(setting),
                change.blocked());
    }
}
