package dev.sluice.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// P12: thousands of readers of a stream on which nothing happens.
final class IdleSuite implements Suite {
    private static final int WANTED = 10_000;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String about() {
        return "P12: heap, connecting and heartbeats of idle event streams";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        Sluice sluice = Sluice.start(run, provider);
        var feed = new SluiceFeed(sluice, keys);
        int count = run.count(affordable(), 500);
        measure(run, feed, sluice, Math.min(count, 1_000), 1, false);
        measure(run, feed, sluice, count, run.count(60, 5), true);
    }

    /// The service gives clients half of the files that it may open.
    private static int affordable() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Math.clamp(system.getMaxFileDescriptorCount() / 2 - 200, 100, WANTED)
                : WANTED;
    }

    private static void measure(Run run, SluiceFeed feed, Sluice sluice, int count, int seconds, boolean telling)
            throws Exception {
        long before = Heap.used(sluice.pid());
        var plan = Plan.stream(0, 1, 0, 100).held((seconds + 40) * 1_000);
        try (Feed.Channel channel = feed.open(plan);
                var readers = new Readers(sluice.port())) {
            channel.awaitPublished();
            byte[] request = channel.read(0);
            long began = System.nanoTime();
            readers.open(count, request);
            readers.awaitAnswered(60_000);
            double connecting = (System.nanoTime() - began) / 1e9;
            readers.await(10_000, () -> readers.counts().delivered() >= count);
            double each = (Heap.used(sluice.pid()) - before) / 1024.0 / count;
            Thread.sleep(2_000);
            long cpu = Proc.cpuNanos(sluice.pids());
            long from = System.nanoTime();
            Thread.sleep(seconds * 1_000L);
            double share = 100.0 * (Proc.cpuNanos(sluice.pids()) - cpu) / (System.nanoTime() - from);
            if (telling) {
                String what = count + " idle event streams: ";
                run.report().absolute("P12", what + "heap each", each, " kB", Limit.atMost(20));
                run.report().absolute("P12", what + "all connected", connecting, " s", Limit.atMost(3));
                run.report().absolute("P12", what + "heartbeats, of a core", share, " %", Limit.atMost(3));
            }
        }
    }
}
