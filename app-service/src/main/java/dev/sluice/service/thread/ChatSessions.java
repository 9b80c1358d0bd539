package dev.sluice.service.thread;

import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.Work;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.session.Kind;
import dev.sluice.service.session.NewSession;
import dev.sluice.service.session.Outcome;
import dev.sluice.service.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lives of chat flights as sessions: stored as they fly, read long after. Thread-safe.
///
/// A session's id is its flight's.
public final class ChatSessions implements FlightLogs<ChatResult> {
    private final Sessions sessions;
    private final InstantSource clock;

    /// @param sessions where they are kept
    public ChatSessions(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /// @param work a [ChatWork]
    @Override
    public EventLog open(String id, Work<ChatResult> work, Retention retention) {
        if (!(work instanceof ChatWork chat)) {
            throw new IllegalArgumentException("no chat: " + work);
        }
        Question question = chat.question();
        return sessions.beginBeside(
                new NewSession(
                        id,
                        Kind.CHAT,
                        question.org(),
                        clock.instant(),
                        null,
                        question.userId(),
                        question.threadId(),
                        question.requestId(),
                        chat.providerName(),
                        chat.model(),
                        chat.simulated()),
                retention);
    }

    @Override
    public void ending(String id, @Nullable FlightException failure) {
        sessions.ending(id, outcome(failure));
    }

    /// Has the events of deleted threads' sessions removed soon.
    void deleted() {
        sessions.sweepSoon();
    }

    /// Finds the session of an earlier flight of the question's thread.
    ///
    /// @param epoch the life of its log that a client has seen
    Optional<Sessions.Found> find(Question question, String epoch) {
        return sessions.ofEpoch(epoch)
                .filter(found -> found.view().kind().equals(Kind.CHAT.wireName())
                        && found.view().org().equals(question.org())
                        && question.threadId().equals(found.view().threadId()));
    }

    private static Outcome outcome(@Nullable FlightException failure) {
        if (failure == null) {
            return Outcome.COMPLETED;
        }
        return switch (failure.kind()) {
            case CANCELLED, STOPPED -> Outcome.CANCELLED;
            case FAILED, NOT_BEGUN, TOO_LARGE, OVERLOADED -> Outcome.FAILED;
        };
    }
}
