package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// P18 and P19: a million windows at rest, and ten thousand that are due within one second.
final class WindowSuite implements Suite {
    private static final double STALL_MS = 50;

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public String about() {
        return "P18, P19: heap, restart and idling with 1 000 000 open windows, retiming them; 10 000 due in a second";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        many(run, provider, run.count(1_000_000, 20_000));
        due(run, provider, run.count(10_000, 1_000));
    }

    private static void many(Run run, Provider provider, int count) throws Exception {
        var open = OpenWindows.start(run, provider, count);
        Sluice sluice = open.sluice();
        String what = Numbers.text(count) + " open windows: ";
        run.report().absolute("P18", what + "restart to ready", open.readySeconds(), " s", Limit.atMost(10));
        run.report().absolute("P18", what + "heap each", open.heapEach(), " B", Limit.atMost(400));
        Thread.sleep(run.count(5_000, 1_000));
        run.report().absolute("P18", what + "idle, of a core", idle(sluice, run.count(30, 3)), " %", Limit.atMost(0.5));
        retime(run, sluice, count, what);
    }

    /// P19: while texts go on arriving.
    private static void retime(Run run, Sluice sluice, int count, String what) throws Exception {
        var texts = new Texts(sluice.port());
        var client = run.own(new LoadGenerator(sluice.port(), 8));
        client.paced(texts::one, 100, run.count(10, 2));
        var retiming = CompletableFuture.supplyAsync(() -> retime(sluice), Thread::startVirtualThread);
        var acknowledged = client.paced(texts::one, 100, run.count(8, 3));
        Retimed retimed = retiming.join();
        if (!retimed.answer.matches("(?s).*\"changed\": ?" + count + "\\D.*")) {
            throw new IOException("not all were retimed: " + retimed.answer);
        }
        run.report().absolute("P19", what + "retimed in", retimed.seconds, " s", Limit.atMost(5));
        run.report()
                .absolute(
                        "P19",
                        "longest acknowledgement of a text meanwhile",
                        Numbers.millis(acknowledged.nanos().max()),
                        " ms",
                        Limit.atMost(STALL_MS));
    }

    /// P19: how late they closed is read from what was stored.
    private static void due(Run run, Provider provider, int count) throws Exception {
        Path data = run.newDirectory("due").resolve("data");
        OpenWindows.emptyHeap(run, provider, data);
        try (var stored = new StoredWindows(data)) {
            Instant now = Instant.now();
            Instant firstDue = now.plus(Duration.ofSeconds(30));
            stored.open(count, now, Duration.ofMinutes(5), firstDue, Duration.ofSeconds(1));
            Sluice.start(run, provider, OpenWindows.SETTINGS, data);
            Sample late = new Sample();
            long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (late.count() < count && System.nanoTime() < end) {
                Thread.sleep(1_000);
                late = stored.lateness();
            }
            if (late.count() < count) {
                throw new IOException("only " + late.count() + " of " + count + " windows closed");
            }
            String what = Numbers.text(count) + " windows due in one second: ";
            run.report().absolute("P19", what + "lateness, p99", late.percentile(99), " ms", Limit.atMost(100));
            run.report().absolute("P19", what + "lateness, the worst", late.max(), " ms", Limit.atMost(1_000));
        }
    }

    private static double idle(Sluice sluice, int seconds) throws IOException, InterruptedException {
        long cpu = Proc.cpuNanos(sluice.pids());
        long from = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        return 100.0 * (Proc.cpuNanos(sluice.pids()) - cpu) / (System.nanoTime() - from);
    }

    private static Retimed retime(Sluice sluice) {
        long began = System.nanoTime();
        try {
            String body = sluice.client()
                    .post("/api/ops/windows/retime", "{\"reason\":\"benchmark\"}", "Authorization", sluice.operator())
                    .body();
            return new Retimed(body, (System.nanoTime() - began) / 1e9);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /// @param answer what the service said
    private record Retimed(String answer, double seconds) {}
}
