package dev.sluice.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What was promised of texts, except what takes a minute.
final class TextSeeds {
    private static final int SENDERS = 20;
    private static final int TEXTS_EACH = 3;
    private static final int WINDOW_SECONDS = 5;
    private static final int PENDING = 20_000;

    private final Run run;
    private final Provider provider;

    TextSeeds(Run run, Provider provider) {
        this.run = run;
        this.provider = provider;
    }

    void measure() throws Exception {
        Map<String, String> settings =
                new HashMap<>(Texts.answeredBy(provider, Plan.plain(200, 0).as(Plan.Manner.AGREEING)));
        settings.put("CONSOLIDATION_WINDOW", WINDOW_SECONDS + "s");
        Sluice sluice = Sluice.start(run, provider, settings);
        var texts = new Texts(sluice.port());
        try (var client = new LoadGenerator(sluice.port(), 8)) {
            batches(client, texts);
            acknowledgements(client, texts);
        }
        sluice.close();
        double each = OpenWindows.start(run, provider, PENDING).heapEach();
        SeedSuite.tell(run, Numbers.text(PENDING) + " pending senders: heap each", each, " B", Limit.atMost(1_024));
    }

    private void batches(LoadGenerator client, Texts texts) throws IOException, InterruptedException {
        provider.reset();
        int count = SENDERS * TEXTS_EACH;
        deliver(client, new Conversation(texts), count, 1);
        provider.await(20_000, stats -> stats.replies() >= SENDERS);
        Thread.sleep(1_000); // for what should not come
        var stats = provider.stats();
        String what = SENDERS + " senders, " + TEXTS_EACH + " texts each within a window: ";
        SeedSuite.tell(run, what + "classification calls", stats.calls(), "", Limit.exactly(SENDERS));
        SeedSuite.tell(run, what + "replies", stats.replies(), "", Limit.exactly(SENDERS));
    }

    private void acknowledgements(LoadGenerator client, Texts texts) throws IOException {
        int perSecond = 20;
        deliver(client, texts::one, perSecond, run.count(10, 2));
        var tails = new double[run.tailPairs()];
        for (int turn = 0; turn < tails.length; turn++) {
            tails[turn] = deliver(client, texts::one, perSecond, 5).nanos().percentile(99);
        }
        SeedSuite.tell(
                run,
                perSecond + " deliveries a second while batches are answered: P99 of their answers, median of "
                        + tails.length,
                Numbers.millis(Pairs.median(tails)),
                " ms",
                Limit.atMost(100));
    }

    private static LoadGenerator.Result deliver(
            LoadGenerator client, Supplier<byte[]> texts, int perSecond, int seconds) throws IOException {
        var result = client.paced(texts, perSecond, seconds);
        if (result.failed() > 0) {
            throw new IOException(result.failed() + " deliveries failed");
        }
        return result;
    }

    /// Texts of senders who take turns and whom nobody else is.
    private static final class Conversation implements Supplier<byte[]> {
        private final Texts texts;
        private int sent;

        Conversation(Texts texts) {
            this.texts = texts;
        }

        @Override
        public byte[] get() {
            return texts.from(Texts.SENDERS + sent++ % SENDERS);
        }
    }
}
