package dev.sluice.service.provider;

import dev.sluice.model.ops.FlightView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One call to a provider: the first try and, while no text has come, its retries.
///
/// Each try takes a slot of its own and gives it back before the pause that follows. Made by one
/// thread; what it tells may be read by any.
public final class PacedCall {
    /// How far the latest try is.
    public enum Stage {
        /// Waits for a provider slot, or between two tries.
        QUEUED,
        /// Waits for the provider's first text.
        CALLING,
        /// Text is coming.
        STREAMING
    }

    private final Caller caller;
    private final Lane lane;
    private final ChatProvider provider;
    private final String model;
    private final CallTools tools;
    private final Meter meter;

    private volatile Stage stage = Stage.QUEUED;
    private volatile long firstTokenNanos;
    private volatile @Nullable Instant firstTokenAt;
    private volatile int tries;
    private volatile Duration queueWait = Duration.ZERO;
    private volatile Duration providerTime = Duration.ZERO;
    private volatile Usage usage = Usage.NONE;
    private volatile @Nullable Integer status;
    private volatile @Nullable String upstreamId;

    /// @param caller in whose name it is made
    /// @param model passed on as it is, known or not
    /// @param meter told of what the call costs
    public PacedCall(Caller caller, Lane lane, String model, CallTools tools, Meter meter) {
        this.caller = caller;
        this.lane = lane;
        this.provider = lane.provider();
        this.model = model;
        this.tools = tools;
        this.meter = meter;
    }

    /// Returns how far it is; the last stage it reached once it is over.
    public Stage stage() {
        return stage;
    }

    /// Returns how often the provider was called.
    public int tries() {
        return tries;
    }

    /// Returns when the first text arrived; empty before.
    public Optional<Instant> firstTokenAt() {
        return Optional.ofNullable(firstTokenAt);
    }

    /// Returns when the first text arrived on the nano clock; 0 before.
    public long firstTokenNanos() {
        return firstTokenNanos;
    }

    /// Returns how long it waited for its slots, all tries together.
    public Duration queueWait() {
        return queueWait;
    }

    /// Returns what the provider charged; zero before the end.
    public Usage usage() {
        return usage;
    }

    /// Tells where the time went. Pauses between tries are the provider's time, for it caused them.
    ///
    /// @param total from the start of the work it belongs to, to its end; null while that goes on
    public FlightView.Upstream upstream(@Nullable Duration total) {
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
    /// @param startedNanos when the work it belongs to began, on the tools' clock
    /// @throws ProviderException the last try's failure
    /// @throws CallsStoppedException if the operator has stopped calls
    public Completion make(List<PromptMessage> prompt, Chunks chunks, long startedNanos)
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
            stage = Stage.CALLING;
            requireCallsAllowed(); // after the stage: whoever stops calls either sees it or is seen here
            int made = tries + 1;
            tries = made;
            meter.called(slot.queueWait());
            lane.tally().called(made > 1);
            return call(prompt, chunks, slot);
        }
    }

    private Slot slot() throws ProviderException, InterruptedException {
        long asked = tools.clock().nanoTime();
        try {
            return lane.pacer().acquire(caller.org());
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
                    new ChatRequest(model, prompt, caller.requestId(), null), delta -> hear(delta, chunks));
            slot.succeeded();
            usage = completion.usage();
            status = completion.status();
            upstreamId = completion.upstreamRequestId();
            meter.used(usage);
            return completion;
        } catch (ProviderException failed) {
            slot.failed(failed.kind());
            lane.tally().failed(failed, tools.clock().now());
            usage = failed.partialUsage().orElse(Usage.NONE);
            status = failed.status().isPresent() ? failed.status().getAsInt() : null;
            upstreamId = failed.upstreamRequestId().orElse(null);
            failed.partialUsage().ifPresent(meter::used);
            throw failed;
        } finally {
            providerTime = providerTime.plus(since(calledAt));
        }
    }

    private void hear(String delta, Chunks chunks) {
        if (stage == Stage.CALLING) {
            firstTokenNanos = tools.clock().nanoTime();
            firstTokenAt = tools.clock().now();
            stage = Stage.STREAMING;
        }
        chunks.text(delta);
    }

    private void pause(Duration pause) throws InterruptedException {
        stage = Stage.QUEUED;
        requireCallsAllowed(); // again after the stage, as above
        long from = tools.clock().nanoTime();
        var over = new CountDownLatch(1);
        tools.clock().after(pause, over::countDown);
        over.await();
        providerTime = providerTime.plus(since(from));
    }

    private void requireCallsAllowed() {
        if (!tools.allowed().getAsBoolean()) {
            throw new CallsStoppedException();
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(tools.clock().nanoTime() - nanos);
    }

    /// In whose name a call is made.
    ///
    /// @param org whose turn in the queue it uses
    /// @param requestId sent upstream as `X-Request-Id`
    public record Caller(String org, String requestId) {}

    /// Is told of what a call costs, on the thread that makes it.
    public interface Meter {
        /// Counts nothing.
        Meter NONE = new Meter() {
            @Override
            public void called(Duration queueWait) {}

            @Override
            public void used(Usage usage) {}
        };

        /// Counts a try and what it waited for its slot.
        void called(Duration queueWait);

        /// Counts what the provider charged for a try.
        void used(Usage usage);
    }
}
