package dev.sluice.ui.controls;

import dev.sluice.model.ops.AuditView;
import dev.sluice.ui.fx.Figures;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One entry of the audit as the list shows it.
///
/// @param subject what it was done to
/// @param deed what was done: `1 → 0`; its name where the values are none, or more than a line shows
/// @param actor who did it
/// @param at when
/// @param reason why; empty if not said
record AuditRow(String subject, String deed, String actor, String at, String reason) {
    private static final int LONGEST = 24;

    static AuditRow of(AuditView.Entry entry) {
        boolean valued = entry.before() != null || entry.after() != null;
        var change = valued && isShort(entry.before()) && isShort(entry.after())
                ? Objects.requireNonNullElse(entry.before(), "none") + " → "
                        + Objects.requireNonNullElse(entry.after(), "none")
                : entry.action();
        return new AuditRow(
                entry.subject(),
                change,
                entry.actor(),
                Figures.dayTime(entry.at(), ZoneId.systemDefault()),
                Objects.requireNonNullElse(entry.reason(), ""));
    }

    private static boolean isShort(@Nullable String value) {
        return value == null || (value.length() <= LONGEST && !value.startsWith("{"));
    }

    /// Returns the entry as one sentence.
    String spoken() {
        return subject + ", " + deed + ", by " + actor + " on " + at + (reason.isEmpty() ? "" : ", because: " + reason);
    }
}
