package dev.sluice.bench;

import dev.sluice.bench.Pairs.Comparison;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// P10, P11 and P15: an event that thousands of readers see at once.
final class FanoutSuite implements Suite {
    static final int MOST_READERS = 5_000;

    private static final int BYTES = 100;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String about() {
        return "P10, P11, P15: 1 000 and 5 000 readers of one stream beside nchan; stuck readers";
    }

    /// @param readers how many read
    /// @param stuck how many more ask and never read
    record Load(int readers, int stuck, int perSecond, int bytes, int seconds) {}

    /// @param tail p99 from publishing to reading, in milliseconds
    /// @param cpu of the server, in microseconds for each delivery
    /// @param missing events that a reader did not get
    record Taken(double tail, double cpu, long missing) {}

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new SluiceFeed(Sluice.start(run, provider), keys));
        if (Programs.hasNchan()) {
            feeds.add(Nchan.start(run, 1));
            feeds.add(Nchan.start(run, 2));
        }
        measure(feeds.getFirst(), new Load(run.count(1_000, 100), 0, 50, BYTES, run.count(10, 2)));
        compare(run, feeds, "P10", new Load(1_000, 0, 50, BYTES, run.count(8, 3)));
        compare(run, feeds, "P11", new Load(MOST_READERS, 0, 10, BYTES, run.count(10, 3)));
        stuck(run, feeds.getFirst());
    }

    private void compare(Run run, List<Feed> feeds, String goal, Load load) throws Exception {
        int turns = run.count(goal.equals("P10") ? 7 : 5, 1);
        var taken = new Taken[feeds.size()][turns];
        for (int turn = 0; turn < turns; turn++) {
            for (int feed = 0; feed < feeds.size(); feed++) {
                taken[feed][turn] = measure(feeds.get(feed), load);
            }
        }
        String what = String.format("%,d readers x %d events/s: ", load.readers(), load.perSecond())
                .replace(',', ' ');
        for (int feed = 1; feed < feeds.size(); feed++) {
            String peer = feeds.get(feed).name();
            if (goal.equals("P10")) {
                var cpu = Comparison.of(cpus(taken[0]), cpus(taken[feed]));
                run.report().compared(goal, what + "server CPU per delivery", cpu, peer, " us", Limit.atMost(1));
            }
            var tail = Comparison.of(tails(taken[0]), tails(taken[feed]));
            run.report().compared(goal, what + "p99", tail, peer, " ms", Limit.atMost(1.5));
        }
        if (feeds.size() == 1) {
            run.report().unmeasured(goal, what + "beside nchan", Report.ABSENT);
        }
        long missing = 0;
        for (Taken each : taken[0]) {
            missing += each.missing();
        }
        run.report().absolute(goal, what + "events missing", (double) missing, "", Limit.atMost(0));
    }

    /// P15.
    private void stuck(Run run, Feed sluice) throws Exception {
        // large events: what is stuck must overflow the sockets' buffers while it is measured
        var load = new Load(1_000, 0, 20, 4_000, run.count(8, 3));
        var withStuck = new Load(load.readers(), load.readers() / 100, load.perSecond(), load.bytes(), load.seconds());
        var found = Pairs.compare(
                run.count(7, 1),
                List.of(
                        () -> measure(sluice, withStuck).tail(),
                        () -> measure(sluice, load).tail()));
        run.report()
                .compared(
                        "P15",
                        "1 % stuck readers, 4 kB x 20 events/s: the others' p99",
                        found.getFirst(),
                        "none stuck",
                        " ms",
                        Limit.atMost(1.2));
    }

    static Taken measure(Feed feed, Load load) throws Exception {
        int connecting = 1_500 + load.readers();
        int lead = load.perSecond();
        int events = lead + load.perSecond() * load.seconds();
        var plan = Plan.stream(connecting, events, 1_000_000 / load.perSecond(), load.bytes());
        try (Feed.Channel channel = feed.open(plan);
                var readers = new Readers(feed.port())) {
            byte[] request = channel.read(0);
            readers.open(load.readers(), request);
            readers.openStuck(load.stuck(), request);
            readers.awaitAnswered(connecting * 4L);
            long begun = (long) lead * load.readers() / 2;
            readers.await(60_000, () -> readers.counts().delivered() >= begun);
            readers.note();
            long cpu = Proc.cpuNanos(feed.pids());
            long delivered = readers.counts().delivered();
            channel.awaitPublished();
            long wanted = (long) events * load.readers();
            readers.await(15_000, () -> readers.counts().delivered() >= wanted);
            double each =
                    (Proc.cpuNanos(feed.pids()) - cpu) / 1e3 / (readers.counts().delivered() - delivered);
            var counts = readers.counts();
            if (counts.disordered() > 0 || counts.lost() > 0) {
                throw new IOException(feed.name() + " lost or mixed up events: " + counts);
            }
            return new Taken(Numbers.millis(readers.delays().percentile(99)), each, wanted - counts.delivered());
        }
    }

    private static double[] tails(Taken[] taken) {
        return Arrays.stream(taken).mapToDouble(Taken::tail).toArray();
    }

    private static double[] cpus(Taken[] taken) {
        return Arrays.stream(taken).mapToDouble(Taken::cpu).toArray();
    }
}
