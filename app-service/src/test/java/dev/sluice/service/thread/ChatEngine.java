package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.thread.CreateThread;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.provider.CallTally;
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.ManualScheduler;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.Pacer;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.RetryPolicy;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Chat work in the air, without HTTP: a real store, a scripted provider, a virtual clock.
final class ChatEngine implements AutoCloseable {
    static final int CONTEXT_MESSAGES = 4;
    /// Longer than anything takes: reaching it means that something hangs.
    static final Duration FOREVER = Duration.ofSeconds(20);

    final VirtualClock clock = new VirtualClock();
    final ManualScheduler scheduler = new ManualScheduler();
    final Pacer pacer = new Pacer("scripted", PacerLimits.DEFAULT, scheduler);
    final ChatMetrics metrics = new ChatMetrics();
    final NewestTurns newest = new NewestTurns();
    final ThreadRepository repository;
    private final Wakeups wakeups = Wakeups.start();
    private final AtomicInteger ids = new AtomicInteger();
    private final Coalescer<ChatResult> coalescer;

    ChatEngine(Database db) {
        repository = new ThreadRepository(db);
        repository.create("acme", "thread-1", new CreateThread(null, null, null), clock.now());
        coalescer = new Coalescer<>(
                CoalescerLimits.DEFAULT,
                CoalescerTimes.fixed(Duration.ofSeconds(30), Duration.ofSeconds(2)),
                clock,
                () -> "flight-" + ids.incrementAndGet(),
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(wakeups));
    }

    Attachment<ChatResult> start(Question question, ChatProvider provider) {
        var policy = new ScriptedPolicy();
        var tools = new ChatTools(
                repository,
                newest,
                new UnstoredTurns(repository::storeTurn, clock, Runnable::run, UnstoredTurns.Limits.DEFAULT),
                metrics,
                policy,
                new OrgBudgets(policy::requestsPerMinute, clock),
                new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                () -> 0,
                clock,
                () -> "id-" + ids.incrementAndGet(),
                CONTEXT_MESSAGES);
        var work = new ChatWork(question, new Lane(provider, pacer, new CallTally()), "model-1", tools);
        var key = ChatKey.of(question, provider.name(), "model-1", CONTEXT_MESSAGES);
        return coalescer.join(
                key,
                work,
                result -> newest.isNewest(
                        question.threadId(), result.turn().assistantMessage().sequence()),
                Duration.ZERO);
    }

    ChatResult ask(Question question, ChatProvider provider) throws Exception {
        try (Attachment<ChatResult> attachment = start(question, provider)) {
            return attachment.await(FOREVER);
        }
    }

    /// Reads a transcript to its end, as it goes over the wire.
    static String transcript(Attachment<ChatResult> attachment) throws InterruptedException {
        var text = new StringBuilder();
        try (Cursor cursor = attachment.open(null).cursor()) {
            while (!cursor.finished()) {
                cursor.await(FOREVER);
                for (LogEntry entry : cursor.read(1 << 20).entries()) {
                    text.append(new String(entry.frame(), StandardCharsets.UTF_8));
                }
            }
        }
        return text.toString();
    }

    /// Checks that nothing is held any more.
    void atRest() {
        while (!coalescer.inAir().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(pacer.stats().inUse()).isZero();
    }

    @Override
    public void close() {
        coalescer.close();
        wakeups.close();
        clock.close();
    }
}
