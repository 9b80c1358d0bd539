package dev.sluice.ui.fake;

import dev.sluice.model.session.SessionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sessions as a busy service would have them.
public final class SampleSessions {
    /// A chat that is being answered.
    public static final String RUNNING = "f-01j94133";
    /// A chat that was answered.
    public static final String DONE = "f-01j94355";
    /// A job that failed in its middle.
    public static final String FAILED = "session_20260302_091500_9c1f03aa";

    private static final List<String> WORDS =
            List.of("A ", "sluice ", "is ", "a ", "water ", "channel ", "with ", "a ");

    private SampleSessions() {}

    /// Fills a service with sessions of each kind and state.
    public static void fill(FakeSessions sessions, Instant now) {
        for (int i = 0; i < 12; i++) {
            var began = now.minusSeconds(400L + 97L * i);
            var view = view("f-00j8" + (7_000 + i * 31), "chat", i % 3 == 0 ? "acme" : "northwind", began);
            sessions.add(view);
            chat(sessions, view.id(), began);
            sessions.append(view.id(), began.plusMillis(2_400), "done", "{\"type\":\"done\"}");
            sessions.end(view.id(), i == 7 ? "cancelled" : "completed", began.plusMillis(2_400));
        }
        running(sessions, now);
        var began = now.minusSeconds(65);
        sessions.add(view(DONE, "chat", "acme", began));
        chat(sessions, DONE, began);
        sessions.append(DONE, began.plusMillis(9_900), "done", "{\"type\":\"done\",\"finish_reason\":\"stop\"}");
        sessions.end(DONE, "completed", began.plusMillis(9_900));
        failed(sessions, now.minusSeconds(900));
    }

    private static void running(FakeSessions sessions, Instant now) {
        sessions.add(view(RUNNING, "chat", "globex", now.minusSeconds(3)));
        chat(sessions, RUNNING, now.minusSeconds(3));
    }

    private static void failed(FakeSessions sessions, Instant began) {
        sessions.add(view(FAILED, "refactor", "acme", began));
        var stages = List.of("intake", "planning", "transformation", "validation");
        for (int i = 0; i < stages.size(); i++) {
            sessions.append(
                    FAILED,
                    began.plusSeconds(i * 14L),
                    "progress",
                    "{\"stage\":\"" + stages.get(i) + "\",\"status\":\"running\",\"progress\":0." + i * 2 + "}");
        }
        sessions.append(
                FAILED,
                began.plusSeconds(61),
                "error",
                "{\"error\":\"<b>3 tests</b> failed\",\"stage\":\"validation\"}");
        sessions.end(FAILED, "failed", began.plusSeconds(61));
    }

    private static void chat(FakeSessions sessions, String id, Instant began) {
        for (int i = 0; i < 24; i++) {
            sessions.append(
                    id,
                    began.plusMillis(310 + 40L * i + (i > 15 ? 4_000 : 0)),
                    "delta",
                    "{\"type\":\"delta\",\"delta\":\"" + WORDS.get(i % WORDS.size()) + "\"}");
        }
    }

    /// A running session without events.
    public static SessionView view(String id, String kind, String org, Instant began) {
        boolean chat = kind.equals("chat");
        return new SessionView(
                id,
                kind,
                org,
                "running",
                null,
                began,
                null,
                id,
                0,
                0,
                chat ? null : "Refactor of a repository",
                "u-1",
                chat ? "t-7310" : null,
                "req-1",
                "openai",
                "gpt-4o-mini",
                false,
                null);
    }

    static SessionView imported(String id, Instant began, String from) {
        var view = view(id, "chat", "default", began);
        return with(view, "ended", "completed", began, from);
    }

    static SessionView ended(SessionView view, String outcome, Instant at) {
        return with(view, "ended", outcome, at, view.importedFrom());
    }

    private static SessionView with(
            SessionView view, String state, String outcome, Instant ended, @Nullable String from) {
        return new SessionView(
                view.id(),
                view.kind(),
                view.org(),
                state,
                outcome,
                view.createdAt(),
                ended,
                view.epoch(),
                view.events(),
                view.bytes(),
                view.title(),
                view.userId(),
                view.threadId(),
                view.requestId(),
                view.provider(),
                view.model(),
                view.simulated(),
                from);
    }
}
