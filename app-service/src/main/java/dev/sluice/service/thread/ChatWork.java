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
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.ChatRequest;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Slot;
import dev.sluice.service.provider.Usage;
import dev.sluice.service.store.StatementFailedException;
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
    private final Lane lane;
    private final ChatProvider provider;
    private final String model;
    private final ChatTools tools;
    private final StringBuilder answer = new StringBuilder();

    private volatile ChatState state = ChatState.QUEUED;
    private volatile long firstTokenNanos;
    private volatile @Nullable Instant firstTokenAt;
    private volatile int deltas;
    private volatile long characters;
    private volatile Duration queueWait = Duration.ZERO;
    private volatile Duration providerTime = Duration.ZERO;
    private volatile @Nullable Completion completed;

    ChatWork(Question question, Lane lane, String model, ChatTools tools) {
        this.question = question;
        this.lane = lane;
        this.provider = lane.provider();
        this.model = model;
        this.tools = tools;
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
        return state;
    }

    /// Returns when the first text arrived; empty before.
    public Optional<Instant> firstTokenAt() {
        return Optional.ofNullable(firstTokenAt);
    }

    /// Returns when the first text arrived on the nano clock; 0 before.
    long firstTokenNanos() {
        return firstTokenNanos;
    }

    /// Returns how long it waited for its provider slot; zero before it had one.
    Duration queueWait() {
        return queueWait;
    }

    /// Returns what the provider charged; zero before the end.
    Usage usage() {
        Completion end = completed;
        return end == null ? Usage.NONE : end.usage();
    }

    /// Tells where a flight's time went.
    ///
    /// @param total from its start to its end; null while it is in the air
    public FlightView.Upstream upstream(@Nullable Duration total) {
        Completion end = completed;
        Duration own = total == null ? Duration.ZERO : total.minus(queueWait).minus(providerTime);
        return new FlightView.Upstream(
                queueWait.toNanos() / 1e6,
                0,
                own.isNegative() ? 0 : own.toNanos() / 1e6,
                usage().totalTokens(),
                end == null ? null : end.status(),
                end == null ? null : end.upstreamRequestId());
    }

    /// Returns how many pieces of text arrived.
    public int deltas() {
        return deltas;
    }

    /// Returns how many characters of text arrived.
    public long characters() {
        return characters;
    }

    @Override
    public Outcome<ChatResult> perform(Flight<ChatResult> flight) throws Exception {
        try {
            Optional<ChatResult> before = answeredBefore();
            Outcome<ChatResult> outcome = before.isPresent() ? replay(flight, before.get()) : ask(flight);
            state = ChatState.DONE;
            return outcome;
        } catch (Throwable thrown) { // noted and passed on: the engine decides what listeners are told
            state = ChatState.FAILED;
            releaseClaim();
            throw thrown;
        }
    }

    @Override
    public FlightException failure(Throwable thrown) {
        if (thrown instanceof ProviderException failed) {
            return new FlightException(
                    Kind.FAILED,
                    failed.message(),
                    failed.shareable(),
                    failed.retryAfter().orElse(null),
                    failed);
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
        List<PromptMessage> prompt = prompt();
        Completion completion = complete(flight, prompt);
        tools.metrics().used(question.org(), completion.usage());
        flight.beginCommit();
        ChatResult result = store(flight, prompt, completion);
        boolean whole = completion.finishReason().equals("stop") && !answer.isEmpty() && result.stored();
        return new Outcome<>(
                result, whole ? Reuse.RESULT : Reuse.NONE, "done", Json.bytes(StreamEvents.Done.of(result)));
    }

    private Completion complete(Flight<ChatResult> flight, List<PromptMessage> prompt)
            throws ProviderException, InterruptedException {
        try (Slot slot = lane.pacer().acquire(question.org())) {
            queueWait = slot.queueWait();
            tools.metrics().called(question.org(), queueWait);
            lane.tally().called(false);
            long calledAt = tools.clock().nanoTime();
            state = ChatState.CALLING;
            try {
                Completion completion = provider.stream(
                        new ChatRequest(model, prompt, question.requestId(), null), delta -> hear(flight, delta));
                slot.succeeded();
                completed = completion;
                return completion;
            } catch (ProviderException failed) {
                slot.failed(failed.kind());
                lane.tally().failed(failed, tools.clock().now());
                failed.partialUsage().ifPresent(usage -> tools.metrics().used(question.org(), usage));
                throw failed;
            } finally {
                providerTime = Duration.ofNanos(tools.clock().nanoTime() - calledAt);
            }
        }
    }

    private void hear(Flight<ChatResult> flight, String delta) {
        if (state == ChatState.CALLING) {
            firstTokenNanos = tools.clock().nanoTime();
            firstTokenAt = tools.clock().now();
            state = ChatState.STREAMING;
        }
        answer.append(delta);
        flight.log().append("delta", Json.bytes(new StreamEvents.Delta(delta)));
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

    private ChatResult store(Flight<ChatResult> flight, List<PromptMessage> prompt, Completion completion) {
        NewTurn turn = newTurn(flight, prompt, completion);
        try {
            Turn stored = tools.repository().storeTurn(turn);
            tools.newest().stored(question.threadId(), stored.assistantMessage().sequence());
            return new ChatResult(stored, completion.finishReason(), completion.usage(), true, provider.simulated());
        } catch (StoreUnavailableException | StatementFailedException notStored) {
            // the answer is paid for: its listeners get it, marked as not stored
            LOG.log(Level.ERROR, "event=turn_not_stored flight=" + flight.id(), notStored);
            return new ChatResult(
                    unstored(turn), completion.finishReason(), completion.usage(), false, provider.simulated());
        }
    }

    private NewTurn newTurn(Flight<ChatResult> flight, List<PromptMessage> prompt, Completion completion) {
        Instant now = tools.clock().now();
        Usage usage = completion.usage();
        return new NewTurn(
                flight.id(),
                question.org(),
                question.threadId(),
                question.userId(),
                question.role(),
                question.content(),
                answer.toString(),
                provider.name(),
                completion.model(),
                question.scope(),
                completion.citations(),
                Duration.between(flight.startedAt(), now).toNanos() / 1e6,
                question.requestId(),
                provider.simulated(),
                question.idempotencyKey(),
                question.reason(),
                Sha256.of(Json.bytes(prompt)),
                Sha256.of(answer.toString()),
                usage.promptTokens(),
                usage.completionTokens(),
                usage.totalTokens(),
                tools.ids().get(),
                tools.ids().get(),
                tools.ids().get(),
                now);
    }

    private static Turn unstored(NewTurn turn) {
        var meta = new Message.Meta(turn.latencyMs(), turn.requestId(), false, null);
        return new Turn(
                new Message(
                        turn.userMessageId(),
                        turn.role(),
                        turn.content(),
                        null,
                        null,
                        0,
                        turn.createdAt(),
                        List.of(),
                        meta),
                new Message(
                        turn.assistantMessageId(),
                        "assistant",
                        turn.answer(),
                        turn.provider(),
                        turn.model(),
                        0,
                        turn.createdAt(),
                        turn.citations(),
                        meta));
    }

    /// Looks once more, as the only caller left: the turn of this key may have been stored since the request
    /// came in.
    private Optional<ChatResult> answeredBefore() {
        String key = question.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        return tools.repository()
                                .claim(
                                        question.org(),
                                        question.threadId(),
                                        key,
                                        question.bodyHash(),
                                        tools.clock().now())
                        instanceof IdempotencyClaim.Answered(Turn turn)
                ? Optional.of(StoredAnswers.result(turn))
                : Optional.empty();
    }

    private Outcome<ChatResult> replay(Flight<ChatResult> flight, ChatResult result) {
        flight.log()
                .append(
                        "delta",
                        Json.bytes(new StreamEvents.Delta(
                                result.turn().assistantMessage().content())));
        return new Outcome<>(result, Reuse.NONE, "done", Json.bytes(StreamEvents.Done.of(result)));
    }

    private void releaseClaim() {
        String key = question.idempotencyKey();
        if (key == null) {
            return;
        }
        try {
            tools.repository().releaseClaim(question.org(), question.threadId(), key, question.bodyHash());
        } catch (RuntimeException down) {
            // harmless: a pending claim of the same body is asked anew
            LOG.log(Level.WARNING, "event=claim_not_released request_id=" + question.requestId(), down);
        }
    }
}
