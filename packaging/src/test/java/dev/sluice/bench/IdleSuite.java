package dev.sluice.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/// P12: thousands of readers of a stream on which nothing happens.
final class IdleSuite implements Suite {
    private static final int WANTED = 10_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

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
        int files = Proc.openFiles(sluice.pid());
        measure(run, feed, sluice, count, 1, false); // connecting is mostly compiling at first
        awaitDepartures(sluice, files + 10);
        measure(run, feed, sluice, count, run.count(60, 5), true);
    }

    /// The service gives clients half of the files that it may open.
    private static int affordable() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Math.clamp(system.getMaxFileDescriptorCount() / 2 - 200, 100, WANTED)
                : WANTED;
    }

    /// Waits until the service has let go of its readers: what they took is no part of what the next ones
    /// do.
    private static void awaitDepartures(Sluice sluice, int files) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (Proc.openFiles(sluice.pid()) > files) {
            if (System.nanoTime() > end) {
                throw new IOException("the service still holds readers that have left");
            }
            Thread.sleep(50);
        }
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
