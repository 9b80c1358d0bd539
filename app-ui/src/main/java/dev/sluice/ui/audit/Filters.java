package dev.sluice.ui.audit;

import dev.sluice.ui.link.AuditQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What the operator looks for in the audit. Confined to the FX thread.
final class Filters {
    final StringProperty actor = new SimpleStringProperty(this, "actor", "");
    final StringProperty action = new SimpleStringProperty(this, "action", "");
    final StringProperty subject = new SimpleStringProperty(this, "subject", "");
    final ObjectProperty<@Nullable LocalDate> from = new SimpleObjectProperty<>(this, "from", null);
    final ObjectProperty<@Nullable LocalDate> to = new SimpleObjectProperty<>(this, "to", null);

    /// Returns the query for one page.
    AuditQuery query(int limit) {
        var until = to.get();
        return new AuditQuery(
                limit,
                null,
                words(actor),
                words(action),
                words(subject),
                start(from.get()),
                start(until == null ? null : until.plusDays(1)));
    }

    void clear() {
        Stream.of(actor, action, subject).forEach(text -> text.set(""));
        from.set(null);
        to.set(null);
    }

    private static String words(StringProperty text) {
        return text.get() == null ? "" : text.get().strip();
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
}
