package dev.sluice.service.thread;

import dev.sluice.model.Json;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.coalesce.Outcome;
import dev.sluice.service.coalesce.Reuse;
import dev.sluice.service.coalesce.Work;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.BudgetSpentException;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.PacedCall;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Usage;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks the provider once, lets listeners read along, stores the turn.
///
/// Its progress is read by operators while it runs; all else belongs to the flight's thread.
public final class ChatWork implements Work<ChatResult> {
    private static final System.Logger LOG = System.getLogger(ChatWork.class.getName());

    private final Question question;
    private final ChatProvider provider;
    private final String model;
    private final ChatTools tools;
    private final PacedCall call;
    private final StringBuilder answer = new StringBuilder();

    private volatile @Nullable ChatState end;
    private volatile int deltas;
    private volatile long characters;
    private volatile Runnable refund = () -> {};
    private volatile boolean answered;

    ChatWork(Question question, Lane lane, String model, ChatTools tools) {
        this.question = question;
        this.provider = lane.provider();
        this.model = model;
        this.tools = tools;
        this.call = new PacedCall(
                new PacedCall.Caller(question.org(), question.requestId()),
                lane,
                model,
                tools.calls(),
                tools.metrics().meter(question.org()));
    }

    public Question question() {
        return question;
    }

    public String providerName() {
        return provider.name();
    }

    public boolean simulated() {
        return provider.simulated();
    }

    public String model() {
        return model;
    }

    public ChatState state() {
        ChatState over = end;
        return over != null
                ? over
                : switch (call.stage()) {
                    case QUEUED -> ChatState.QUEUED;
                    case CALLING -> ChatState.CALLING;
                    case STREAMING -> ChatState.STREAMING;
                };
    }

    /// Returns when the first text arrived; empty before.
    public Optional<Instant> firstTokenAt() {
        return call.firstTokenAt();
    }

    /// Returns when the first text arrived on the nano clock; 0 before.
    long firstTokenNanos() {
        return call.firstTokenNanos();
    }

    /// Returns how long it waited for its provider slots; zero before it had one.
    Duration queueWait() {
        return call.queueWait();
    }

    /// Returns what the provider charged; zero before the end.
    Usage usage() {
        return call.usage();
    }

    /// Tells where a flight's time went.
    ///
    /// @param total from its start to its end; null while it is in the air
    public FlightView.Upstream upstream(@Nullable Duration total) {
        return call.upstream(total);
    }

    /// Returns how many pieces of text arrived.
    public int deltas() {
        return deltas;
    }

    /// Returns how many characters of text arrived.
    public long characters() {
        return characters;
    }

    /// @throws ApiException 503 if the operator has stopped calls, 429 if the org has no call left this
    ///     minute
    @Override
    public void admit() {
        if (!tools.policy().callsAllowed()) {
            throw ApiException.unavailable(ThreadService.CALLS_STOPPED, ThreadService.CALLS_STOPPED_RETRY);
        }
        try {
            refund = tools.budgets().debit(question.org());
        } catch (BudgetSpentException spent) {
            throw ApiException.tooManyRequests(spent.message(), spent.retryAfter());
        }
    }

    @Override
    public void ended() {
        if (call.tries() == 0) {
            refund.run();
        }
        if (!answered) { // nobody can join any more, and nobody has been told yet
            releaseClaim();
        }
    }

    @Override
    public Outcome<ChatResult> perform(Flight<ChatResult> flight) throws Exception {
        try {
            Optional<ChatResult> before = answeredBefore();
            Outcome<ChatResult> outcome = before.isPresent() ? replay(flight, before.get()) : ask(flight);
            end = ChatState.DONE;
            answered = true;
            return outcome;
        } catch (Throwable thrown) { // noted and passed on: the engine decides what listeners are told
            end = ChatState.FAILED;
            throw thrown;
        }
    }

    @Override
    public FlightException failure(Throwable thrown) {
        if (thrown instanceof ProviderException failed) {
            return new FlightException(
                    failed.ownQueue() ? Kind.NOT_BEGUN : Kind.FAILED,
                    failed.message(),
                    failed.shareable(),
                    failed.retryAfter().orElse(null),
                    failed);
        }
        if (thrown instanceof CallsStoppedException) {
            return new FlightException(Kind.STOPPED, CallsStoppedException.MESSAGE, false, null, null);
        }
        if (thrown instanceof ThreadGoneException gone) {
            return new FlightException(Kind.FAILED, "The thread was deleted.", false, null, gone);
        }
        if (thrown instanceof StoreUnavailableException down) {
            return new FlightException(Kind.FAILED, "The store is not available.", false, null, down);
        }
        LOG.log(Level.ERROR, "event=chat_failed request_id=" + question.requestId(), thrown);
        return new FlightException(Kind.FAILED, "The request failed inside the service.", false, null, thrown);
    }

    @Override
    public byte[] errorEvent(FlightException failure) {
        return Json.bytes(StreamEvents.Failure.of(failure));
    }

    private Outcome<ChatResult> ask(Flight<ChatResult> flight) throws ProviderException, InterruptedException {
        long startedNanos = tools.clock().nanoTime();
        List<PromptMessage> prompt = prompt();
        Completion completion = call.make(prompt, delta -> hear(flight, delta), startedNanos);
        flight.beginCommit();
        ChatResult result =
                new TurnFiling(question, provider, tools).file(flight, prompt, answer.toString(), completion);
        boolean whole = completion.finishReason().equals("stop") && !answer.isEmpty() && result.stored();
        return new Outcome<>(
                result, whole ? Reuse.RESULT : Reuse.NONE, "done", Json.bytes(StreamEvents.Done.of(result)));
    }

    private void hear(Flight<ChatResult> flight, String delta) {
        answer.append(delta);
        flight.append("delta", Json.bytes(new StreamEvents.Delta(delta)));
        int count = deltas + 1;
        deltas = count;
        characters = answer.length();
    }

    private List<PromptMessage> prompt() {
        var prompt = new ArrayList<PromptMessage>();
        if (question.useMemory()) {
            for (Message message : tools.repository().lastMessages(question.threadId(), tools.contextMessages())) {
                prompt.add(new PromptMessage(message.role(), message.content()));
            }
        }
        prompt.add(new PromptMessage(question.role(), question.content()));
        return prompt;
    }

    /// Looks once more, as the only caller left: the turn of this key may have been stored since the
    /// request came in.
    private Optional<ChatResult> answeredBefore() {
        IdempotencyKey key = question.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        // first those that wait to be stored: one that is stored meanwhile is found by the claim
        Optional<ChatResult> waiting = tools.unstored().find(question.org(), question.threadId(), key.value());
        if (waiting.isPresent()) {
            return waiting;
        }
        return tools.repository()
                                .claim(
                                        question.org(),
                                        question.threadId(),
                                        key.value(),
                                        key.bodyHash(),
                                        tools.clock().now())
                        instanceof IdempotencyClaim.Answered(Turn turn)
                ? Optional.of(StoredAnswers.result(turn))
                : Optional.empty();
    }

    private Outcome<ChatResult> replay(Flight<ChatResult> flight, ChatResult result) {
        flight.append(
                "delta",
                Json.bytes(
                        new StreamEvents.Delta(result.turn().assistantMessage().content())));
        return new Outcome<>(result, Reuse.NONE, "done", Json.bytes(StreamEvents.Done.of(result)));
    }

    /// Gives the request's claim to its Idempotency-Key back, if it has one: nothing came of it.
    void releaseClaim() {
        IdempotencyKey key = question.idempotencyKey();
        if (key == null) {
            return;
        }
        try {
            tools.repository().releaseClaim(question.org(), question.threadId(), key.value(), key.bodyHash());
        } catch (RuntimeException down) {
            // harmless: a pending claim of the same body is asked anew
            LOG.log(Level.WARNING, "event=claim_not_released request_id=" + question.requestId(), down);
        }
    }
}
