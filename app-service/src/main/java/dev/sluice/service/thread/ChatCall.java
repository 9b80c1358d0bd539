package dev.sluice.service.thread;

import dev.sluice.model.ops.FlightView;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.ChatRequest;
import dev.sluice.service.provider.Chunks;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Slot;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One flight's call to its provider: the first try and, while no text has come, its retries.
///
/// Each try takes a slot of its own and gives it back before the pause that follows. Made by the flight's
/// thread; what it tells may be read by any.
final class ChatCall {
    private final Question question;
    private final Lane lane;
    private final ChatProvider provider;
    private final String model;
    private final ChatTools tools;

    private volatile ChatState state = ChatState.QUEUED;
    private volatile long firstTokenNanos;
    private volatile @Nullable Instant firstTokenAt;
    private volatile int tries;
    private volatile Duration queueWait = Duration.ZERO;
    private volatile Duration providerTime = Duration.ZERO;
    private volatile Usage usage = Usage.NONE;
    private volatile @Nullable Integer status;
    private volatile @Nullable String upstreamId;

    ChatCall(Question question, Lane lane, String model, ChatTools tools) {
        this.question = question;
        this.lane = lane;
        this.provider = lane.provider();
        this.model = model;
        this.tools = tools;
    }

    ChatState state() {
        return state;
    }

    /// Notes that the flight is over, well or not.
    void finished(ChatState end) {
        state = end;
    }

    /// Returns how often the provider was called.
    int tries() {
        return tries;
    }

    /// Returns when the first text arrived; empty before.
    Optional<Instant> firstTokenAt() {
        return Optional.ofNullable(firstTokenAt);
    }

    /// Returns when the first text arrived on the nano clock; 0 before.
    long firstTokenNanos() {
        return firstTokenNanos;
    }

    /// Returns how long it waited for its slots, all tries together.
    Duration queueWait() {
        return queueWait;
    }

    /// Returns what the provider charged; zero before the end.
    Usage usage() {
        return usage;
    }

    /// Tells where the time went. Pauses between tries are the provider's time, for it caused them.
    ///
    /// @param total from the flight's start to its end; null while it is in the air
    FlightView.Upstream upstream(@Nullable Duration total) {
        Duration own = total == null ? Duration.ZERO : total.minus(queueWait).minus(providerTime);
        return new FlightView.Upstream(
                queueWait.toNanos() / 1e6,
                Math.max(0, tries - 1),
                own.isNegative() ? 0 : own.toNanos() / 1e6,
                usage.totalTokens(),
                status,
                upstreamId);
    }

    /// Calls until there is an answer or trying again makes no sense.
    ///
    /// @param startedNanos when the flight began, on the tools' clock
    /// @throws ProviderException the last try's failure
    /// @throws FlightException if the operator has stopped calls
    Completion make(List<PromptMessage> prompt, Chunks chunks, long startedNanos)
            throws ProviderException, InterruptedException {
        ProviderException before = null;
        while (true) {
            try {
                return attempt(prompt, chunks);
            } catch (ProviderException failed) {
                // a retry that found no slot tells nothing new: the provider's own failure does
                ProviderException told = before != null && failed.ownQueue() ? before : failed;
                Optional<Duration> pause = firstTokenAt == null
                        ? tools.retries()
                                .pause(
                                        failed,
                                        tries - 1,
                                        Duration.ofNanos(tools.clock().nanoTime() - startedNanos),
                                        tools.random().getAsDouble())
                        : Optional.empty();
                if (pause.isEmpty()) {
                    throw told;
                }
                before = told;
                pause(pause.get());
            }
        }
    }

    private Completion attempt(List<PromptMessage> prompt, Chunks chunks)
            throws ProviderException, InterruptedException {
        try (Slot slot = slot()) {
            queueWait = queueWait.plus(slot.queueWait());
            state = ChatState.CALLING;
            requireCallsAllowed(); // after the state: whoever stops calls either sees it or is seen here
            int made = tries + 1;
            tries = made;
            tools.metrics().called(question.org(), slot.queueWait());
            lane.tally().called(made > 1);
            return call(prompt, chunks, slot);
        }
    }

    private Slot slot() throws ProviderException, InterruptedException {
        long asked = tools.clock().nanoTime();
        try {
            return lane.pacer().acquire(question.org());
        } catch (ProviderException refused) {
            queueWait = queueWait.plus(since(asked));
            throw refused;
        }
    }

    private Completion call(List<PromptMessage> prompt, Chunks chunks, Slot slot)
            throws ProviderException, InterruptedException {
        long calledAt = tools.clock().nanoTime();
        try {
            Completion completion = provider.stream(
                    new ChatRequest(model, prompt, question.requestId(), null), delta -> hear(delta, chunks));
            slot.succeeded();
            usage = completion.usage();
            status = completion.status();
            upstreamId = completion.upstreamRequestId();
            tools.metrics().used(question.org(), usage);
            return completion;
        } catch (ProviderException failed) {
            slot.failed(failed.kind());
            lane.tally().failed(failed, tools.clock().now());
            usage = failed.partialUsage().orElse(Usage.NONE);
            status = failed.status().isPresent() ? failed.status().getAsInt() : null;
            upstreamId = failed.upstreamRequestId().orElse(null);
            failed.partialUsage().ifPresent(partial -> tools.metrics().used(question.org(), partial));
            throw failed;
        } finally {
            providerTime = providerTime.plus(since(calledAt));
        }
    }

    private void hear(String delta, Chunks chunks) {
        if (state == ChatState.CALLING) {
            firstTokenNanos = tools.clock().nanoTime();
            firstTokenAt = tools.clock().now();
            state = ChatState.STREAMING;
        }
        chunks.text(delta);
    }

    private void pause(Duration pause) throws InterruptedException {
        state = ChatState.QUEUED;
        requireCallsAllowed(); // again after the state, as above
        long from = tools.clock().nanoTime();
        var over = new CountDownLatch(1);
        tools.clock().after(pause, over::countDown);
        over.await();
        providerTime = providerTime.plus(since(from));
    }

    private void requireCallsAllowed() {
        if (!tools.policy().callsAllowed()) {
            throw new FlightException(FlightException.Kind.STOPPED, ThreadService.CALLS_STOPPED, false, null, null);
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(tools.clock().nanoTime() - nanos);
    }
}
