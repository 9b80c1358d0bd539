package dev.sluice.service.thread;

import dev.sluice.model.thread.CreateThread;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.ManualScheduler;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.RetryPolicy;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The chat side over a real database, with a scripted provider and clocks that move only when a test says
/// so.
final class ChatBench implements AutoCloseable {
    static final Duration FOREVER = Duration.ofSeconds(20);
    static final Duration RESULT_TTL = Duration.ofSeconds(30);
    static final String THREAD = "t1";

    final VirtualClock clock = new VirtualClock();
    final ManualScheduler slots = new ManualScheduler();
    final ScriptedProvider provider = new ScriptedProvider();
    final ScriptedPolicy policy = new ScriptedPolicy();
    final ChatMetrics metrics = new ChatMetrics();
    final AtomicReference<ThreadRepository> repository;
    final UnstoredTurns unstored;
    final Lane lane;
    final ChatTools tools;
    final ThreadService service;
    private final Wakeups wakeups = Wakeups.start();
    private final Coalescer<ChatResult> coalescer;
    private final AtomicInteger ids = new AtomicInteger();

    ChatBench(Database database) throws ProviderException {
        this(database, PacerLimits.DEFAULT);
    }

    ChatBench(Database database, PacerLimits limits) throws ProviderException {
        this(database, limits, CoalescerLimits.DEFAULT);
    }

    ChatBench(Database database, PacerLimits limits, CoalescerLimits caps) throws ProviderException {
        var first = new ThreadRepository(database);
        if (!first.exists("acme", THREAD)) {
            first.create("acme", THREAD, new CreateThread(null, null, null), clock.now());
        }
        repository = new AtomicReference<>(first);
        unstored = new UnstoredTurns(
                turn -> repository.get().storeTurn(turn), clock, Runnable::run, UnstoredTurns.Limits.DEFAULT);
        var lanes = new Lanes(Providers.of(List.of(provider)), _ -> limits, slots);
        lane = lanes.resolve(null);
        coalescer = new Coalescer<>(
                caps,
                CoalescerTimes.fixed(RESULT_TTL, Duration.ofSeconds(2)),
                clock,
                () -> "f" + ids.incrementAndGet(),
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(wakeups));
        tools = tools(first);
        service = new ThreadService(coalescer, lanes, tools);
    }

    private ChatTools tools(ThreadRepository first) {
        return new ChatTools(
                first,
                new NewestTurns(),
                unstored,
                metrics,
                policy,
                new OrgBudgets(policy::requestsPerMinute, clock),
                RetryPolicy.DEFAULT,
                () -> 0,
                clock,
                () -> "id" + ids.incrementAndGet(),
                20);
    }

    static Question question(String content) {
        return question(content, null);
    }

    static Question question(String content, @Nullable String idempotencyKey) {
        return question(THREAD, content, idempotencyKey);
    }

    static Question question(String thread, String content, @Nullable String idempotencyKey) {
        return new Question(
                "acme",
                thread,
                null,
                content,
                "user",
                null,
                null,
                null,
                "private",
                false,
                null,
                idempotencyKey == null ? null : new IdempotencyKey(idempotencyKey, "hash of " + content),
                "request",
                false);
    }

    Attachment<ChatResult> ask(String content) {
        return ask(question(content));
    }

    Attachment<ChatResult> ask(Question question) {
        return switch (service.ask(question)) {
            case Asked.Flying flying -> flying.attachment();
            case Asked.Answered answered -> throw new AssertionError("answered before: " + answered);
        };
    }

    /// Asks, waits and leaves.
    ChatResult answer(Question question) throws Exception {
        try (Attachment<ChatResult> attachment = ask(question)) {
            return attachment.await(FOREVER);
        }
    }

    static ChatWork work(Attachment<ChatResult> attachment) {
        if (attachment.flight().work() instanceof ChatWork work) {
            return work;
        }
        throw new AssertionError("a chat flight does chat work");
    }

    /// Waits for what another thread is about to do.
    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > FOREVER.toNanos()) {
                throw new AssertionError("it does not happen");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        coalescer.close();
        wakeups.close();
    }
}
