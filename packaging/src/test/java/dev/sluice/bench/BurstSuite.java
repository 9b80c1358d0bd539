package dev.sluice.bench;

import dev.sluice.bench.Pairs.Comparison;
import dev.sluice.bench.Pairs.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// P1, P2 and P3: bursts of equal requests on keys that nobody has asked for before.
final class BurstSuite implements Suite {
    private static final int TTL_SECONDS = 30;
    private static final int BYTES = 500;
    private static final int[] LATENCIES = {60, 250, 500, 730};

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String about() {
        return "P1-P3: calls and p99 of bursts of 100 and 1 000, beside Varnish and nginx";
    }

    @Override
    public void run(Run run) throws Exception {
        var all = Contenders.all(run, TTL_SECONDS);
        warm(run, all);
        for (int clients : new int[] {100, 1_000}) {
            calls(run, all, clients, run.count(50, 5));
        }
        for (int latency : LATENCIES) {
            tails(run, all, latency);
        }
        wide(run, all);
    }

    private void warm(Run run, Contenders all) throws Exception {
        for (Contender side : all.sides()) {
            try (var burst = new Burst(side.port(), 100)) {
                for (int i = 0; i < run.count(60, 10); i++) {
                    burst.fire(side.ask(keys.next(), Plan.plain(20, BYTES)));
                }
            }
        }
    }

    /// P1.
    private void calls(Run run, Contenders all, int clients, int bursts) throws Exception {
        int worst = 0;
        int failed = 0;
        int total = 0;
        try (var burst = new Burst(all.sluice().port(), clients)) {
            for (int i = 0; i < bursts; i++) {
                all.provider().reset();
                failed += burst.fire(all.sluice().ask(keys.next(), Plan.plain(250, BYTES)))
                        .failed();
                int calls = all.provider().stats().calls();
                worst = Math.max(worst, calls);
                total += calls;
            }
        }
        boolean met = worst == 1 && total == bursts && failed == 0;
        run.report()
                .add(new Row(
                        "P1",
                        "calls per burst of " + clients + ", " + bursts + " keys",
                        "most " + worst + ", in all " + total + ", failed answers " + failed,
                        "",
                        "",
                        "= 1",
                        met ? "met" : "missed"));
    }

    /// P2.
    private void tails(Run run, Contenders all, int latency) throws Exception {
        double[][] over = take(run, all.sides(), 100, latency, run.count(5, 2));
        for (int i = 0; i < all.peers().size(); i++) {
            Contender peer = all.peers().get(i);
            run.report()
                    .compared(
                            "P2",
                            "burst of 100, L = " + latency + " ms: mean of p99 - L",
                            Comparison.of(over[0], over[i + 1]),
                            peer.name(),
                            " ms",
                            Limit.atMost(peer instanceof NginxCache ? 0.25 : 1.5));
        }
        absent(run, all, "P2", "burst of 100, L = " + latency + " ms");
    }

    /// P3.
    private void wide(Run run, Contenders all) throws Exception {
        List<Contender> sides = all.sides().stream()
                .filter(side -> !(side instanceof NginxCache))
                .toList();
        int latency = 500;
        double[][] over = take(run, sides, 1_000, latency, run.count(3, 1));
        for (int peer = 1; peer < sides.size(); peer++) {
            String what = "burst of 1 000, L = 500 ms: ";
            var whole = Comparison.of(plus(over[0], latency), plus(over[peer], latency));
            run.report().compared("P3", what + "p99", whole, "Varnish", " ms", Limit.atMost(1.25));
            var beyond = Comparison.of(over[0], over[peer]);
            run.report()
                    .told(
                            "P3",
                            what + "p99 - L, " + beyond.spread() + "x",
                            Numbers.text(beyond.ours()) + " ms",
                            Numbers.text(beyond.peer()) + " ms (Varnish)");
        }
        absent(run, all, "P3", "burst of 1 000");
    }

    private static double[] plus(double[] numbers, double more) {
        return Arrays.stream(numbers).map(number -> number + more).toArray();
    }

    private static void absent(Run run, Contenders all, String goal, String what) throws IOException {
        if (all.peers().isEmpty()) {
            run.report().unmeasured(goal, what, Report.ABSENT);
        }
    }

    /// Returns what each side took beyond L, turn by turn.
    private double[][] take(Run run, List<Contender> sides, int clients, int latency, int bursts) throws Exception {
        List<Burst> open = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        for (Contender side : sides) {
            Burst burst = run.own(new Burst(side.port(), clients));
            open.add(burst);
            measures.add(() -> meanTail(side, burst, latency, bursts));
        }
        double[][] taken = Pairs.take(run.tailPairs(), measures);
        for (Burst burst : open) {
            burst.close();
        }
        return taken;
    }

    /// Returns the mean over some bursts of p99 - L, in milliseconds.
    private double meanTail(Contender side, Burst burst, int latency, int bursts)
            throws IOException, InterruptedException {
        double sum = 0;
        for (int i = 0; i < bursts; i++) {
            var result = burst.fire(side.ask(keys.next(), Plan.plain(latency, BYTES)));
            if (result.failed() > 0) {
                throw new IOException(result.failed() + " requests to " + side.name() + " failed");
            }
            sum += Numbers.millis(result.nanos().percentile(99)) - latency;
        }
        return sum / bursts;
    }
}
