package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.bench.Pairs.Measure;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// P13 and P14: what is in the log already: read from its beginning, joined late, caught up with after a
/// break.
final class ReplaySuite implements Suite {
    private static final int EVENTS = 10_000;
    private static final int BYTES = 200;
    private static final int CLIENTS = 100;
    private static final int BEHIND = 100;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public String about() {
        return "P13, P14: replay to 100 clients beside nchan, late join, append rate, reconnect storm";
    }

    @Override
    public void run(Run run) throws Exception {
        append(run);
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider);
        List<Feed> feeds = new ArrayList<>();
        feeds.add(new SluiceFeed(sluice, keys));
        if (Programs.hasNchan()) {
            feeds.add(Nchan.start(run, 1));
            feeds.add(Nchan.start(run, 2));
        }
        replay(run, feeds);
        storm(run, feeds);
    }

    private void replay(Run run, List<Feed> feeds) throws Exception {
        List<Feed.Channel> channels = new ArrayList<>();
        for (Feed feed : feeds) {
            var plan = Plan.stream(0, EVENTS, 0, BYTES).held(110_000);
            Feed.Channel channel = run.own(feed.open(plan));
            channel.awaitPublished();
            channels.add(channel);
        }
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            Feed feed = feeds.get(i);
            Feed.Channel channel = channels.get(i);
            measures.add(() -> rate(feed, channel));
        }
        for (Measure each : measures) {
            each.take();
        }
        String what = "replay of 10 000 x 200 B to " + CLIENTS + " clients, events/s";
        var found = Pairs.compare(run.count(5, 1), measures);
        for (int i = 0; i < found.size(); i++) {
            String peer = feeds.get(i + 1).name();
            run.report().compared("P13", what, found.get(i), peer, "/s", Limit.atLeast(5));
        }
        if (found.isEmpty()) {
            run.report().unmeasured("P13", what, Report.ABSENT);
        }
        late(run, feeds.getFirst(), channels.getFirst());
        for (Feed.Channel channel : channels) {
            channel.close();
        }
    }

    /// Returns how many events a second all clients together get, from their requests to the last event
    /// of the last.
    private static double rate(Feed feed, Feed.Channel channel) throws IOException, InterruptedException {
        try (var readers = new Readers(feed.port())) {
            readers.open(CLIENTS);
            readers.target(EVENTS);
            Thread.sleep(100);
            byte[] request = channel.read(0);
            readers.ask(_ -> request);
            if (!readers.await(60_000, () -> readers.counts().delivered() >= (long) EVENTS * CLIENTS)
                    || readers.counts().disordered() > 0) {
                throw new IOException(feed.name() + " did not replay all: " + readers.counts());
            }
            return (double) EVENTS * CLIENTS / (readers.reached(EVENTS).max() / 1e9);
        }
    }

    private static void late(Run run, Feed feed, Feed.Channel channel) throws IOException, InterruptedException {
        int joins = run.count(200, 20);
        var first = new Sample();
        var all = new Sample();
        byte[] request = channel.read(0);
        for (int i = 0; i < joins; i++) {
            first.add(join(feed, request, 1));
            all.add(join(feed, request, EVENTS));
        }
        String what = "late join with 10 000 events behind, p99 of " + joins + ": ";
        run.report()
                .absolute(
                        "P13",
                        what + "the whole backlog",
                        Numbers.millis(all.percentile(99)),
                        " ms",
                        Limit.atMost(100));
        run.report()
                .told("P13", what + "the first event", Numbers.text(Numbers.millis(first.percentile(99))) + " ms", "");
    }

    private static long join(Feed feed, byte[] request, int events) throws IOException, InterruptedException {
        try (var reader = new Readers(feed.port())) {
            reader.open(1);
            reader.target(events);
            reader.ask(_ -> request);
            if (!reader.await(30_000, () -> reader.reached(events).count() == 1)) {
                throw new IOException("a late reader did not catch up");
            }
            return (long) reader.reached(events).max();
        }
    }

    /// P14: readers who were 100 events behind come back within one second.
    private static void storm(Run run, List<Feed> feeds) throws Exception {
        Feed sluice = feeds.getFirst();
        int readers = run.count(FanoutSuite.MOST_READERS, 500);
        List<Double> seconds = new ArrayList<>();
        for (int turn = 0; turn < run.count(5, 1); turn++) {
            try (Feed.Channel channel =
                    sluice.open(Plan.stream(0, 2 * BEHIND, 0, BYTES).held(60_000))) {
                channel.awaitPublished();
                seconds.add(storm(sluice, channel, readers));
            }
        }
        run.report()
                .absolute(
                        "P14",
                        readers + " readers back in 1 s, 100 events behind: all caught up",
                        Pairs.median(seconds.stream().mapToDouble(each -> each).toArray()),
                        " s",
                        Limit.atMost(5));
    }

    private static double storm(Feed feed, Feed.Channel channel, int count) throws Exception {
        try (var readers = new Readers(feed.port())) {
            byte[] request = channel.read(BEHIND);
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                Pause.until(began + i * 1_000_000_000L / count);
                readers.open(1);
                readers.ask(i, request);
            }
            if (!readers.await(60_000, () -> readers.counts().delivered() >= (long) BEHIND * count)
                    || readers.counts().disordered() > 0) {
                throw new IOException("not all caught up: " + readers.counts());
            }
            return (System.nanoTime() - began) / 1e9;
        }
    }

    /// P14: in this process, a log and one reader that waits for its events.
    private static void append(Run run) throws InterruptedException, IOException {
        List<Double> rates = new ArrayList<>();
        try (var wakeups = Wakeups.start()) {
            for (int turn = 0; turn < 7; turn++) {
                rates.add(append(wakeups, run.count(500_000, 100_000)));
            }
        }
        run.report()
                .absolute(
                        "P14",
                        "append to visible, one reader, in memory: events/s",
                        Pairs.median(
                                rates.stream().skip(2).mapToDouble(each -> each).toArray()),
                        "/s",
                        Limit.atLeast(200_000));
    }

    private static double append(Wakeups wakeups, int events) throws InterruptedException {
        var log = new EventLog("bench", Retention.whole(1L << 30), wakeups);
        byte[] data = "x".repeat(100).getBytes(US_ASCII);
        long began = System.nanoTime();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < events; i++) {
                log.append("delta", data);
            }
        });
        try (Cursor cursor = log.cursorAfter(0)) {
            while (cursor.position() < events) {
                if (cursor.read(64 << 10).entries().isEmpty()) {
                    cursor.await(Duration.ofSeconds(1));
                }
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        writer.join();
        return events / seconds;
    }
}
