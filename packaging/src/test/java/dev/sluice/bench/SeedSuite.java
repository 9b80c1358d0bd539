package dev.sluice.bench;

import java.io.IOException;
import java.util.Map;

/// What the first designs promised in numbers, as `met` or `missed`: at a service whose pacer stands as
/// it comes.
final class SeedSuite implements Suite {
    private static final Map<String, String> PACER_AS_IT_COMES =
            Map.of("OPENAI_RPS", "20", "OPENAI_BURST", "25", "OPENAI_CONCURRENCY", "32", "OPENAI_QUEUE_TIMEOUT", "10s");

    @Override
    public String name() {
        return "seeds";
    }

    @Override
    public String about() {
        return "what the first designs promised: bursts of 50, streams, cancelling, late clients, texts";
    }

    @Override
    public void run(Run run) throws Exception {
        var waits = WaitSeeds.begin(run);
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider, PACER_AS_IT_COMES);
        new BurstSeeds(run, provider, sluice).measure();
        new StreamSeeds(run, provider, sluice).measure();
        new SessionSeeds(run, sluice).measure();
        sluice.close();
        new TextSeeds(run, provider).measure();
        waits.tell();
    }

    /// Adds a result.
    static void tell(Run run, String what, double value, String unit, Limit limit) throws IOException {
        run.report().absolute("seed", what, value, unit, limit);
    }
}
