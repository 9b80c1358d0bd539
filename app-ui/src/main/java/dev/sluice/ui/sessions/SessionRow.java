package dev.sluice.ui.sessions;

import dev.sluice.model.session.SessionView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.Detail;
import dev.sluice.ui.parts.PlainText;
import dev.sluice.ui.parts.Sign;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One session as the table shows it. Equal rows look equal.
///
/// @param began when, by this machine's clock
/// @param lasted how long, until now or until it ended
/// @param about what it was about, as far as it is told
/// @param asked who answered
record SessionRow(
        SessionView session, String kind, Sign state, String began, String lasted, String about, String asked) {
    static SessionRow of(SessionView session, Instant now) {
        var ended = session.endedAt();
        return new SessionRow(
                session,
                kind(session.kind()),
                sign(session),
                Figures.dayTime(session.createdAt(), ZoneId.systemDefault()),
                ended == null
                        ? Figures.wholeAge(Duration.between(session.createdAt(), now))
                        : Figures.age(Duration.between(session.createdAt(), ended)),
                about(session),
                asked(session));
    }

    String key() {
        return session.id();
    }

    boolean running() {
        return session.state().equals("running");
    }

    List<Detail> details() {
        var ended = session.endedAt();
        return List.of(
                new Detail("Session", key()),
                new Detail("Kind", kind),
                new Detail("State", state.word()),
                new Detail("Began", began),
                new Detail("Ended", ended == null ? Figures.UNKNOWN : Figures.dayTime(ended, ZoneId.systemDefault())),
                new Detail("Lasted", lasted),
                new Detail("Events", Figures.count(session.events())),
                new Detail("Size", Figures.bytes(session.bytes())),
                new Detail("Answered by", asked),
                new Detail("Organisation", session.org()),
                new Detail("User", told(session.userId())),
                new Detail("Thread", told(session.threadId())),
                new Detail("Request", told(session.requestId())),
                new Detail("Imported from", told(session.importedFrom())));
    }

    private static String told(@Nullable String text) {
        return text == null ? Figures.UNKNOWN : PlainText.line(text, 200);
    }

    private static String kind(String wire) {
        return switch (wire) {
            case "chat" -> "Chat";
            case "refactor" -> "Refactor";
            case "sms" -> "SMS";
            default -> wire;
        };
    }

    private static Sign sign(SessionView session) {
        return switch (Objects.requireNonNullElse(session.outcome(), session.state())) {
            case "running" -> new Sign("Running", "fth-activity", "session-running");
            case "completed" -> new Sign("Completed", "fth-check-circle", "session-completed");
            case "failed" -> new Sign("Failed", "fth-alert-triangle", "session-failed");
            case "cancelled" -> new Sign("Cancelled", "fth-x-circle", "session-cancelled");
            case "interrupted" -> new Sign("Interrupted", "fth-zap-off", "session-cancelled");
            default -> new Sign("Ended", "fth-help-circle", "session-ended");
        };
    }

    private static String about(SessionView session) {
        var title = session.title();
        var thread = session.threadId();
        if (title != null) {
            return PlainText.line(title, 200);
        }
        return thread != null ? "Thread " + thread : session.id();
    }

    private static String asked(SessionView session) {
        var provider = session.provider();
        if (provider == null) {
            return Figures.UNKNOWN;
        }
        var model = session.model();
        return provider + (model == null ? "" : " · " + model) + (session.simulated() ? " (simulated)" : "");
    }
}
