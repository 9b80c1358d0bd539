package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the drivers themselves can do, against servers that do next to nothing: no number of another suite can be
/// better than these.
final class DriverSuite implements Suite {
    private static final Pattern PORT = Pattern.compile("raw on port (\\d+)");

    @Override
    public String name() {
        return "driver";
    }

    @Override
    public String about() {
        return "the drivers' own ceilings: bursts at the bare provider, readers of a server that only writes";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        burst(run, provider, 100, 500);
        burst(run, provider, 1_000, 500);
        Child process = run.own(Child.start(
                "raw", run.newDirectory("raw"), Map.of(), Provider.Java.command(RawServer.class, "-Xmx256m")));
        var raw = new Raw(process, Integer.parseInt(process.await(PORT).group(1)));
        readers(run, raw, 1_000, 50);
        readers(run, raw, FanoutSuite.MOST_READERS, 10);
    }

    private static void burst(Run run, Provider provider, int clients, int latency)
            throws IOException, InterruptedException {
        var keys = new Keys();
        List<Double> tails = new ArrayList<>();
        try (var burst = new Burst(provider.port(), clients)) {
            for (int i = 0; i < run.count(20, 5); i++) {
                byte[] request = Http.post(
                        provider.port(),
                        "/v1/chat/completions",
                        "",
                        "{\"model\":\"" + Plan.plain(latency, 500).text() + "\",\"key\":\"" + keys.next() + "\"}");
                tails.add(Numbers.millis(burst.fire(request).nanos().percentile(99)) - latency);
            }
        }
        run.report()
                .told(
                        "driver",
                        "burst of " + clients + ", each its own call, L = " + latency + " ms: p99 - L",
                        "",
                        Numbers.text(median(tails)) + " ms (bare provider)");
    }

    private static void readers(Run run, Raw raw, int readers, int perSecond) throws Exception {
        var load = new FanoutSuite.Load(readers, 0, perSecond, 100, run.count(6, 2));
        List<Double> tails = new ArrayList<>();
        List<Double> cpus = new ArrayList<>();
        for (int i = 0; i < run.count(3, 1); i++) {
            var taken = FanoutSuite.measure(raw, load);
            tails.add(taken.tail());
            cpus.add(taken.cpu());
        }
        run.report()
                .told(
                        "driver",
                        readers + " readers x " + perSecond + " events/s: p99, server CPU per delivery",
                        "",
                        Numbers.text(median(tails)) + " ms, " + Numbers.text(median(cpus)) + " us (raw server)");
    }

    private static double median(List<Double> values) {
        return Pairs.median(values.stream().mapToDouble(each -> each).toArray());
    }

    private record Raw(Child process, int port) implements Feed {
        @Override
        public String name() {
            return "the raw server";
        }

        @Override
        public List<Long> pids() {
            return process.pids();
        }

        @Override
        public Channel open(Plan plan) {
            return new Channel() {
                @Override
                public byte[] read(long after) {
                    return Http.get(port, "/?plan=" + plan.text(), "");
                }

                @Override
                public void awaitPublished() throws InterruptedException {
                    Thread.sleep(plan.chunks() * (long) plan.intervalMicros() / 1_000);
                }

                @Override
                public void close() {}
            };
        }
    }
}
