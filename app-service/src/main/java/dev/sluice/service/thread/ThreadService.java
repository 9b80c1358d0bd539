package dev.sluice.service.thread;

import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightKey;
import dev.sluice.service.coalesce.OverloadedException;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.ProviderException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers messages: decides who shares whose call. Thread-safe.
public final class ThreadService {
    private static final Duration OVERLOADED_RETRY = Duration.ofSeconds(1);

    private final Coalescer<ChatResult> coalescer;
    private final Lanes lanes;
    private final Sharing sharing;
    private final ChatTools tools;
    private final ActiveRequests active = new ActiveRequests();

    /// @param ids makes ids of messages and audit rows
    /// @param contextMessages how many earlier messages a prompt takes at most
    public ThreadService(
            Coalescer<ChatResult> coalescer,
            Lanes lanes,
            ThreadRepository repository,
            ChatMetrics metrics,
            Sharing sharing,
            Clock clock,
            Supplier<String> ids,
            int contextMessages) {
        this.coalescer = coalescer;
        this.lanes = lanes;
        this.sharing = sharing;
        this.tools = new ChatTools(repository, new NewestTurns(), metrics, clock, ids, contextMessages);
    }

    /// Has a message answered: by a flight of its own, another's, or a kept result.
    ///
    /// @throws ApiException 400, 404, 422 or 503; the request then has no role
    Asked ask(Question question) {
        Lane lane;
        try {
            lane = lanes.resolve(question.provider());
        } catch (ProviderException refused) {
            throw ChatErrors.ofProvider(refused, refused.retryAfter().orElse(OVERLOADED_RETRY));
        }
        requireThread(question);
        Optional<Turn> answered = claim(question);
        if (answered.isPresent()) {
            return new Asked.Answered(StoredAnswers.result(answered.get()));
        }
        String model = question.model() == null ? lane.provider().defaultModel() : question.model();
        var work = new ChatWork(question, lane, model, tools);
        FlightKey key = ChatKey.of(question, lane.provider().name(), model, tools.contextMessages());
        String bypass = bypass(question);
        Duration linger = sharing.linger(question.streamed());
        try {
            Attachment<ChatResult> attachment = bypass == null
                    ? coalescer.join(key, work, result -> stillNewest(question, result), linger)
                    : coalescer.alone(key, work, linger);
            return new Asked.Flying(attachment, bypass);
        } catch (OverloadedException full) {
            throw ApiException.unavailable(String.valueOf(full.getMessage()), OVERLOADED_RETRY);
        }
    }

    /// Goes on listening to a flight of that thread; never starts one.
    ///
    /// @throws ApiException 409 if there is no such flight
    Asked.Flying resume(Question question, String flightId) {
        Predicate<Object> same = work -> work instanceof ChatWork chat
                && chat.question().org().equals(question.org())
                && chat.question().threadId().equals(question.threadId());
        return coalescer
                .resume(flightId, same, sharing.linger(true))
                .map(attachment -> new Asked.Flying(attachment, null))
                .orElseThrow(ThreadService::nothingToResume);
    }

    /// The same for every cursor that leads nowhere, so that nobody learns which flights others have.
    static ApiException nothingToResume() {
        return ApiException.conflict("Nothing can be resumed from that Last-Event-ID; post the message without it.");
    }

    /// Returns the flights in the air.
    public Collection<Flight<ChatResult>> inAir() {
        return coalescer.inAir();
    }

    /// Returns flights that ended a short while ago.
    public Collection<Flight<ChatResult>> ended() {
        return coalescer.ended();
    }

    /// Aborts a flight whoever listens; false if it is not in the air.
    public boolean cancelFlight(String flightId) {
        return coalescer.cancel(flightId);
    }

    ActiveRequests active() {
        return active;
    }

    /// Forgets a deleted thread's answers.
    void deleted(String threadId) {
        tools.newest().deleted(threadId);
    }

    private void requireThread(Question question) {
        if (!tools.repository().exists(question.org(), question.threadId())) {
            throw ApiException.notFound("There is no such thread.");
        }
    }

    private Optional<Turn> claim(Question question) {
        String key = question.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        var claim = tools.repository()
                .claim(
                        question.org(),
                        question.threadId(),
                        key,
                        question.bodyHash(),
                        tools.clock().now());
        return switch (claim) {
            case IdempotencyClaim.Fresh() -> Optional.empty();
            case IdempotencyClaim.Answered(Turn turn) -> Optional.of(turn);
            case IdempotencyClaim.Conflict() ->
                throw ApiException.unprocessable(
                        "Idempotency-Key", "This Idempotency-Key was used with another body in the last 24 hours.");
        };
    }

    /// An Idempotency-Key promises one turn, whatever the switches say: its key is its own, so nobody else
    /// shares it.
    private @Nullable String bypass(Question question) {
        if (question.idempotencyKey() != null) {
            return null;
        }
        if (question.alone() != null) {
            return question.alone();
        }
        if (!sharing.enabled()) {
            return "disabled";
        }
        return question.streamed() && !sharing.streamsEnabled() ? "stream-disabled" : null;
    }

    private boolean stillNewest(Question question, ChatResult result) {
        return tools.newest()
                .isNewest(question.threadId(), result.turn().assistantMessage().sequence());
    }
}
