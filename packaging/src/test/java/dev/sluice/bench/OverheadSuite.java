package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// P7: what Sluice costs a request that nobody else makes.
final class OverheadSuite implements Suite {
    private static final int BYTES = 500;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "overhead";
    }

    @Override
    public String about() {
        return "P7: one client, one request after another: coalescing on, off, and the bare provider";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        Sluice on = Sluice.start(run, provider, Map.of());
        Sluice off = Sluice.start(run, provider, Map.of("COALESCE_ENABLED", "0"));
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(on, run.own(new Burst(on.port(), 1))));
        sides.add(new Side(off, run.own(new Burst(off.port(), 1))));
        sides.add(new Side(new Bare(provider), run.own(new Burst(provider.port(), 1))));
        for (Side side : sides) {
            median(side, run.count(15_000, 300)); // by then little of it is interpreted any more
        }
        int requests = run.count(400, 50);
        List<Pairs.Measure> measures = new ArrayList<>();
        sides.forEach(side -> measures.add(() -> median(side, requests)));
        double[][] taken = Pairs.take(run.count(9, 3), measures);
        tell(run, "sequential, median: coalescing on - off", taken[0], taken[1], "off", 0.1);
        tell(run, "sequential, median: Sluice - bare provider", taken[0], taken[2], "bare", 0.6);
    }

    private static void tell(Run run, String what, double[] ours, double[] other, String name, double most)
            throws IOException {
        double[] more = new double[ours.length];
        for (int i = 0; i < more.length; i++) {
            more[i] = ours[i] - other[i];
        }
        var limit = Limit.atMost(most);
        double difference = Pairs.median(more);
        run.report()
                .add(new Row(
                        "P7",
                        what,
                        Numbers.text(Pairs.median(ours)) + " ms",
                        Numbers.text(Pairs.median(other)) + " ms (" + name + ")",
                        Numbers.text(difference) + " ms more",
                        limit.text(" ms more"),
                        limit.verdict(difference)));
    }

    private double median(Side side, int requests) throws IOException, InterruptedException {
        var sample = new Sample();
        for (int i = 0; i < requests; i++) {
            var result = side.client().fire(side.contender().ask(keys.next(), Plan.plain(0, BYTES)));
            if (result.failed() > 0) {
                throw new IOException("a request to " + side.contender().name() + " failed");
            }
            sample.add((long) result.nanos().max());
        }
        return Numbers.millis(sample.median());
    }

    private record Side(Contender contender, Burst client) {}

    /// Nothing between.
    private record Bare(Provider provider) implements Contender {
        @Override
        public String name() {
            return "the bare provider";
        }

        @Override
        public int port() {
            return provider.port();
        }

        @Override
        public List<Long> pids() {
            return List.of(provider.pid());
        }

        @Override
        public byte[] ask(String key, Plan plan) {
            return Http.post(
                    provider.port(),
                    "/v1/chat/completions",
                    "",
                    "{\"model\":\"" + plan.text() + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + key
                            + "\"}]}");
        }

        @Override
        public void close() {
            provider.close();
        }
    }
}
