package dev.sluice.ui.controls;

import dev.sluice.model.ops.AuditView;
import dev.sluice.ui.fx.Figures;
import java.time.ZoneId;
import java.util.Objects;

/// One entry of the audit as the list shows it.
///
/// @param subject what it was done to
/// @param deed what was done: `1 → 0`
/// @param actor who did it
/// @param at when
/// @param reason why; empty if not said
record AuditRow(String subject, String deed, String actor, String at, String reason) {
    static AuditRow of(AuditView.Entry entry) {
        var change = entry.before() == null && entry.after() == null
                ? entry.action()
                : Objects.requireNonNullElse(entry.before(), "none") + " → "
                        + Objects.requireNonNullElse(entry.after(), "none");
        return new AuditRow(
                entry.subject(),
                change,
                entry.actor(),
                Figures.dayTime(entry.at(), ZoneId.systemDefault()),
                Objects.requireNonNullElse(entry.reason(), ""));
    }

    /// Returns the entry as one sentence.
    String spoken() {
        return subject + ", " + deed + ", by " + actor + " on " + at + (reason.isEmpty() ? "" : ", because: " + reason);
    }
}
