package dev.sluice.ui.controls;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.change.ValueRule;
import java.time.Instant;
import java.util.List;

/// Everything the editor of one setting shows at one moment.
///
/// @param name the setting
/// @param type what kind of value it has
/// @param choices the values to choose from; empty if it is typed
/// @param description what it does
/// @param value the value in force, or asked for while that is pending
/// @param origin who set it, when, and what the default is
/// @param rule which values are acceptable
/// @param revert when it goes back by itself; empty if it does not
/// @param problem what is wrong with the draft; empty if nothing is
/// @param verb what the button does
/// @param sendable whether the draft can be sent
/// @param told what became of the latest change
/// @param undoable whether that can be taken back
/// @param blocked why nothing can be changed now; empty if it can
record Inspection(
        String name,
        String type,
        List<String> choices,
        String description,
        String value,
        String origin,
        String rule,
        String revert,
        String problem,
        String verb,
        boolean sendable,
        Note told,
        boolean undoable,
        String blocked) {
    static Inspection of(SettingView setting, SettingChange change, String draft, Instant now) {
        var rule = new ValueRule(setting);
        boolean same = rule.same(draft.strip(), setting.value());
        var problem = same ? "" : rule.problem(draft).orElse("");
        var blocked = change.blocked();
        return new Inspection(
                setting.name(),
                setting.type(),
                setting.rule().choices(),
                setting.description(),
                change.shownValue(),
                SettingWords.origin(setting),
                rule.told(),
                SettingWords.revert(setting, now),
                problem,
                verb(setting, draft),
                !same && problem.isEmpty() && blocked.isEmpty(),
                change.note(),
                change.undoable(),
                change.note().mood() == Mood.WAITING ? "" : blocked);
    }

    static String verb(SettingView setting, String draft) {
        if (setting.type().equals("flag")) {
            return "Turn " + setting.name() + (draft.equals("1") ? " on" : " off");
        }
        return draft.isBlank() ? "Clear " + setting.name() : "Set " + setting.name() + " to " + draft.strip();
    }

    /// Returns what a reader who cannot see the switch is told.
    boolean on() {
        return value.equals("1");
    }
}
