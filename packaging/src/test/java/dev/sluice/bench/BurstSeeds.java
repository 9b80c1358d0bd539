package dev.sluice.bench;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.thread.ThreadDetail;
import java.io.IOException;
import java.util.Random;

/// What was promised of equal questions that come together, and of different ones.
final class BurstSeeds {
    private static final int CLIENTS = 50;
    private static final int CHATS = 25;
    private static final int BYTES = 500;

    private final Run run;
    private final Provider provider;
    private final Sluice sluice;
    private final Keys keys = new Keys();
    private final Random random = new Random(CLIENTS);

    BurstSeeds(Run run, Provider provider, Sluice sluice) {
        this.run = run;
        this.provider = provider;
        this.sluice = sluice;
    }

    void measure() throws Exception {
        Tally together = bursts(CLIENTS, run.count(20, 3));
        together.tell(run, "50 equal requests at once");
        String all = "all " + together.nanos.count() + " of them: ";
        SeedSuite.tell(run, all + "errors", together.errors(), " %", Limit.atMost(1));
        SeedSuite.tell(run, all + "P95", Numbers.millis(together.nanos.percentile(95)), " ms", Limit.atMost(6_000));
        SeedSuite.tell(run, all + "answered without a call of their own", together.shared(), " %", Limit.atLeast(90));
        bursts(10, run.count(3, 1)).tell(run, "50 equal requests, 10 at a time");
        chats(run.count(5, 1));
        queue();
    }

    /// Different ones: whoever waits for the provider waits in the queue.
    private void chats(int turns) throws Exception {
        var answered = new Sample();
        var calls = new Sample();
        var beyond = new Sample();
        try (var burst = new Burst(sluice.port(), CHATS)) {
            for (int i = 0; i < turns; i++) {
                int latency = latency();
                var requests = new byte[CHATS][];
                for (int chat = 0; chat < CHATS; chat++) {
                    requests[chat] = sluice.ask(sluice.newThread(), keys.next(), Plan.plain(latency, BYTES));
                }
                provider.reset();
                var result = burst.fire(chat -> requests[chat], 0, null);
                answered.add(CHATS - result.failed());
                calls.add(provider.stats().calls());
                beyond.add((long) result.nanos().percentile(95) - latency * 1_000_000L);
            }
        }
        String what = "25 chats at once, the worst of " + turns + ": ";
        SeedSuite.tell(run, what + "answered", answered.farthestFrom(CHATS), "", Limit.exactly(CHATS));
        SeedSuite.tell(run, what + "calls", calls.farthestFrom(CHATS), "", Limit.exactly(CHATS));
        SeedSuite.tell(
                run,
                what + "P95 of all but the provider's time, the queue included",
                Numbers.millis(beyond.max()),
                " ms",
                Limit.atMost(1_000));
    }

    private void queue() throws IOException, InterruptedException {
        var report = Client.read(sluice.client().get("/api/metrics/performance?last_n=10000"), PerformanceReport.class);
        SeedSuite.tell(
                run,
                "queue wait of these " + report.coalesce().providerCalls()
                        + " calls, P95, as the service itself tells it",
                report.queueWaitMs().p95(),
                " ms",
                Limit.atMost(1_000));
    }

    /// @param atOnce how many of the 50 leave together
    private Tally bursts(int atOnce, int count) throws Exception {
        var tally = new Tally();
        try (var burst = new Burst(sluice.port(), atOnce)) {
            for (int i = 0; i < count; i++) {
                one(burst, tally);
            }
        }
        return tally;
    }

    private void one(Burst burst, Tally tally) throws IOException, InterruptedException {
        String thread = sluice.newThread();
        byte[] request = sluice.ask(thread, keys.next(), Plan.plain(latency(), BYTES));
        int failed = 0;
        int leaders = 0;
        int followers = 0;
        provider.reset();
        for (int sent = 0; sent < CLIENTS; sent += burst.clients()) {
            var result = burst.fire(request);
            tally.nanos.add(result.nanos());
            failed += result.failed();
            leaders += burst.count("sluice-role", "leader");
            // old clients count what is reused as followers
            followers += burst.count("sluice-role", "follower") + burst.count("sluice-role", "reused");
        }
        tally.answered.add(CLIENTS - failed);
        tally.calls.add(provider.stats().calls());
        tally.leaders.add(leaders);
        tally.followers.add(followers);
        var stored = Client.read(sluice.client().get("/api/threads/" + thread), ThreadDetail.class);
        tally.messages.add(stored.messages().size());
    }

    private int latency() {
        return random.nextInt(1_000, 3_001);
    }

    /// What came of several bursts of 50, each in a thread of its own.
    private static final class Tally {
        final Sample answered = new Sample();
        final Sample messages = new Sample();
        final Sample calls = new Sample();
        final Sample leaders = new Sample();
        final Sample followers = new Sample();
        final Sample nanos = new Sample();

        void tell(Run run, String what) throws IOException {
            String worst = what + ", the worst of " + answered.count() + ": ";
            tell(run, worst + "answered", answered, CLIENTS);
            tell(run, worst + "messages in the thread", messages, 2);
            tell(run, worst + "calls", calls, 1);
            tell(run, worst + "leaders", leaders, 1);
            tell(run, worst + "followers", followers, CLIENTS - 1);
        }

        private static void tell(Run run, String what, Sample counts, int wanted) throws IOException {
            SeedSuite.tell(run, what, counts.farthestFrom(wanted), "", Limit.exactly(wanted));
        }

        double errors() {
            return 100 * (1 - answered.sum() / nanos.count());
        }

        double shared() {
            return 100 * (1 - calls.sum() / nanos.count());
        }
    }
}
