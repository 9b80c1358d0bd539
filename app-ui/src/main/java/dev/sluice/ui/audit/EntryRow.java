package dev.sluice.ui.audit;

import dev.sluice.model.ops.AuditView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.Detail;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/// One entry of the audit as the table shows it.
///
/// @param entry the entry itself
/// @param at when, by this machine's clock
/// @param before the state before; a dash if there was none
/// @param after the state after; a dash if there is none
/// @param reason why; empty if not said
record EntryRow(AuditView.Entry entry, String at, String before, String after, String reason) {
    private static final String SETTING_CHANGED = "setting.changed";

    static EntryRow of(AuditView.Entry entry) {
        return new EntryRow(
                entry,
                Figures.dayTime(entry.at(), ZoneId.systemDefault()),
                Objects.requireNonNullElse(entry.before(), Figures.UNKNOWN),
                Objects.requireNonNullElse(entry.after(), Figures.UNKNOWN),
                Objects.requireNonNullElse(entry.reason(), ""));
    }

    String key() {
        return Long.toString(entry.id());
    }

    /// Returns why it cannot be rolled back; empty if it can.
    String obstacle() {
        if (!entry.action().equals(SETTING_CHANGED)) {
            return "Only changes of settings can be rolled back.";
        }
        return entry.before() == null ? "There was no operator's value before it to go back to." : "";
    }

    List<Detail> details() {
        return List.of(
                new Detail("When", at),
                new Detail("Who", entry.actor()),
                new Detail("What", entry.action()),
                new Detail("Subject", entry.subject()),
                new Detail("Before", before),
                new Detail("After", after),
                new Detail("Why", reason.isEmpty() ? Figures.UNKNOWN : reason),
                new Detail("Entry", "#" + entry.id()));
    }
}
