package dev.sluice.ui.sessions;

import dev.sluice.ui.link.SessionQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What the operator looks for among the sessions. Confined to the FX thread.
final class SessionFilters {
    /// The kinds to choose from; the first leaves none out.
    static final List<String> KINDS = List.of("All kinds", "Chat", "Refactor", "SMS");
    /// The states to choose from; the first leaves none out.
    static final List<String> STATES = List.of("Any state", "Running", "Ended");
    /// The outcomes to choose from; the first leaves none out.
    static final List<String> OUTCOMES = List.of("Any outcome", "Completed", "Failed", "Cancelled", "Interrupted");

    final StringProperty kind = new SimpleStringProperty(this, "kind", KINDS.getFirst());
    final StringProperty state = new SimpleStringProperty(this, "state", STATES.getFirst());
    final StringProperty outcome = new SimpleStringProperty(this, "outcome", OUTCOMES.getFirst());
    final StringProperty org = new SimpleStringProperty(this, "org", "");
    final StringProperty text = new SimpleStringProperty(this, "text", "");
    final ObjectProperty<@Nullable LocalDate> from = new SimpleObjectProperty<>(this, "from", null);
    final ObjectProperty<@Nullable LocalDate> to = new SimpleObjectProperty<>(this, "to", null);

    /// Returns the query for the newest page.
    SessionQuery query(int limit) {
        var until = to.get();
        return new SessionQuery(
                limit,
                "",
                choice(kind, KINDS),
                choice(state, STATES),
                choice(outcome, OUTCOMES),
                words(org),
                words(text),
                start(from.get()),
                start(until == null ? null : until.plusDays(1)));
    }

    void clear() {
        kind.set(KINDS.getFirst());
        state.set(STATES.getFirst());
        outcome.set(OUTCOMES.getFirst());
        Stream.of(org, text).forEach(each -> each.set(""));
        from.set(null);
        to.set(null);
    }

    private static String choice(StringProperty chosen, List<String> all) {
        return all.indexOf(chosen.get()) <= 0 ? "" : chosen.get().toLowerCase(Locale.ROOT);
    }

    private static String words(StringProperty text) {
        return text.get() == null ? "" : text.get().strip();
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
}
