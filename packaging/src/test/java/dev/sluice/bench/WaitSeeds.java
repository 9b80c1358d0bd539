package dev.sluice.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What was promised of what lasts: a kept answer, a kept error, a window, a session in memory. At a
/// service and a provider of their own, so that the other seeds can be measured while it lasts.
final class WaitSeeds {
    private static final int VERDICT_MS = 1_000;
    private static final int ERROR_MS = 2_000;
    private static final int EVENTS = 100;

    private final Run run;
    private final Provider provider;
    private final Sluice sluice;
    private final int keptSeconds;
    private final int windowSeconds;
    private final Keys keys = new Keys();
    private final FutureTask<Found> found = new FutureTask<>(this::measure);

    /// @param verdicts classification calls of the window
    /// @param waitedNanos from the first text to its reply
    /// @param remembered events of a session had from memory
    /// @param rememberedNanos after its end
    private record Found(
            Calls answer,
            Calls error,
            int verdicts,
            int replies,
            long waitedNanos,
            int remembered,
            long rememberedNanos) {}

    /// How often the provider was called for what was asked before.
    private record Calls(int whileKept, int later) {}

    private WaitSeeds(Run run, Provider provider, Sluice sluice, int keptSeconds, int windowSeconds) {
        this.run = run;
        this.provider = provider;
        this.sluice = sluice;
        this.keptSeconds = keptSeconds;
        this.windowSeconds = windowSeconds;
    }

    /// Starts all of it; [#tell] waits for what came of it.
    static WaitSeeds begin(Run run) throws IOException, InterruptedException {
        Provider provider = Provider.start(run);
        Map<String, String> settings = new HashMap<>(
                Texts.answeredBy(provider, Plan.plain(VERDICT_MS, 0).as(Plan.Manner.AGREEING)));
        int kept = run.count(30, 3);
        int window = run.count(60, 15);
        settings.put("COALESCE_RESULT_TTL", kept + "s");
        settings.put("CONSOLIDATION_WINDOW", window + "s");
        var waits = new WaitSeeds(run, provider, Sluice.start(run, provider, settings), kept, window);
        Thread.ofPlatform().daemon().name("waits").start(waits.found);
        return waits;
    }

    void tell() throws Exception {
        Found came;
        try {
            came = found.get();
        } catch (ExecutionException failed) {
            throw new IOException("what lasts could not be measured", failed);
        }
        String kept = "an answer kept " + keptSeconds + " s: calls ";
        SeedSuite.tell(run, kept + "1 s before its time is up", came.answer.whileKept, "", Limit.exactly(0));
        SeedSuite.tell(run, kept + "1 s after", came.answer.later, "", Limit.exactly(1));
        String error = "an error kept 2 s: calls ";
        SeedSuite.tell(run, error + "at once and after 1.5 s", came.error.whileKept, "", Limit.exactly(0));
        SeedSuite.tell(run, error + "after 2.2 s (retries included)", came.error.later, "", Limit.atLeast(1));
        String window = "3 texts over a window of " + windowSeconds + " s: ";
        SeedSuite.tell(run, window + "classification calls", came.verdicts, "", Limit.exactly(1));
        SeedSuite.tell(run, window + "replies", came.replies, "", Limit.exactly(1));
        SeedSuite.tell(
                run,
                window + "first text to reply, less the provider's time; 1 s for all but the window",
                came.waitedNanos / 1e9 - VERDICT_MS / 1e3,
                " s",
                Limit.atMost(windowSeconds + 1));
        String late = "read " + came.rememberedNanos / 1_000_000_000 + " s after its end";
        SeedSuite.tell(
                run,
                late + ", none of 100 events on disk any more: had in order",
                came.remembered,
                "",
                Limit.exactly(EVENTS));
    }

    /// In the order of what is over first.
    private Found measure() throws Exception {
        try (var phone = new Burst(sluice.port(), 1)) {
            var texts = new Texts(sluice.port());
            long opened = System.nanoTime();
            deliver(phone, texts);
            Ended session = endedSession();
            deliver(phone, texts);
            Calls answer = keptAnswer();
            Calls error = keptError();
            deliver(phone, texts);

            int before = provider.stats().calls();
            var replied = provider.await((windowSeconds + 30) * 1_000L, stats -> stats.replies() > 0);
            Thread.sleep(1_000); // for what should not come
            var after = provider.stats();
            long unread = System.nanoTime() - session.nanos;
            int remembered = Received.of(sluice.client().get("/api/sessions/" + session.id + "/events"))
                    .unbroken();
            return new Found(
                    answer,
                    error,
                    after.calls() - before,
                    after.replies(),
                    replied.repliedNanos() - opened,
                    remembered,
                    unread);
        }
    }

    private static void deliver(Burst phone, Texts texts) throws IOException, InterruptedException {
        if (phone.fire(texts.from(Texts.SENDERS)).failed() > 0) {
            throw new IOException("a text was not taken");
        }
    }

    private record Ended(String id, long nanos) {}

    /// Has a session end, and what is stored of it removed: what is had of it later was in memory.
    private Ended endedSession() throws Exception {
        var answer = ask(sluice.newThread(), keys.next(), Plan.stream(100, EVENTS - 1, 1_000, 64), 200);
        long nanos = System.nanoTime();
        String id = answer.headers().firstValue("Sluice-Flight").orElseThrow();
        try (var stored = new StoredSessions(sluice.data())) {
            stored.removeEvents(id, EVENTS);
        }
        return new Ended(id, nanos);
    }

    private Calls keptAnswer() throws IOException, InterruptedException {
        String thread = sluice.newThread();
        String key = keys.next();
        Plan plan = Plan.plain(500, 500);
        ask(thread, key, plan, 200);
        long kept = System.nanoTime();
        int first = provider.stats().calls();
        Pause.until(kept + (keptSeconds - 1) * 1_000_000_000L);
        ask(thread, key, plan, 200);
        int again = provider.stats().calls();
        Pause.until(kept + (keptSeconds + 1) * 1_000_000_000L);
        ask(thread, key, plan, 200);
        return new Calls(again - first, provider.stats().calls() - again);
    }

    private Calls keptError() throws IOException, InterruptedException {
        String thread = sluice.newThread();
        String key = keys.next();
        Plan plan = Plan.plain(0, 0).as(Plan.Manner.FAILING);
        ask(thread, key, plan, 502);
        long kept = System.nanoTime();
        int first = provider.stats().calls();
        ask(thread, key, plan, 502);
        Pause.until(kept + (ERROR_MS - 500) * 1_000_000L);
        ask(thread, key, plan, 502);
        int again = provider.stats().calls();
        Pause.until(kept + (ERROR_MS + 200) * 1_000_000L);
        ask(thread, key, plan, 502);
        return new Calls(again - first, provider.stats().calls() - again);
    }

    private HttpResponse<String> ask(String thread, String key, Plan plan, int status)
            throws IOException, InterruptedException {
        var answer = sluice.client().post(Sluice.path(thread, plan), Sluice.message(key, plan));
        if (answer.statusCode() != status) {
            throw new IOException("not " + status + " but " + answer.statusCode() + ": " + answer.body());
        }
        return answer;
    }
}
