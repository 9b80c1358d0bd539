package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// P18 and P19: a million windows at rest, and ten thousand that are due within one second.
final class WindowSuite implements Suite {
    private static final Map<String, String> SETTINGS = Map.of("CONSOLIDATION_WINDOW", "60m");
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
        Path data = run.newDirectory("windows").resolve("data");
        long empty = emptyHeap(run, provider, data);
        try (var stored = new StoredWindows(data)) {
            Instant now = Instant.now();
            stored.open(count, now, Duration.ofMinutes(50), now.plus(Duration.ofMinutes(30)), Duration.ofMinutes(10));
        }
        long began = System.nanoTime();
        Sluice sluice = Sluice.start(run, provider, SETTINGS, data);
        awaitReady(sluice);
        double ready = (System.nanoTime() - began) / 1e9;
        String what = Numbers.text(count) + " open windows: ";
        run.report().absolute("P18", what + "restart to ready", ready, " s", Limit.atMost(10));
        double each = (double) (Heap.used(sluice.pid()) - empty) / count;
        run.report().absolute("P18", what + "heap each", each, " B", Limit.atMost(400));
        Thread.sleep(run.count(5_000, 1_000));
        run.report().absolute("P18", what + "idle, of a core", idle(sluice, run.count(30, 3)), " %", Limit.atMost(0.5));
        retime(run, sluice, data, count, what);
    }

    /// P19: while texts go on arriving.
    private static void retime(Run run, Sluice sluice, Path data, int count, String what) throws Exception {
        var texts = new Texts(sluice.port());
        var client = run.own(new LoadGenerator(sluice.port(), 8));
        client.paced(texts::one, 100, run.count(10, 2));
        String token = Files.readString(data.resolve("operator.token")).strip();
        var retiming = CompletableFuture.supplyAsync(() -> retime(sluice, token), Thread::startVirtualThread);
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
        emptyHeap(run, provider, data);
        try (var stored = new StoredWindows(data)) {
            Instant now = Instant.now();
            Instant firstDue = now.plus(Duration.ofSeconds(30));
            stored.open(count, now, Duration.ofMinutes(5), firstDue, Duration.ofSeconds(1));
            Sluice.start(run, provider, SETTINGS, data);
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

    /// Returns the heap of a service without windows, which has created its database and has stopped then.
    private static long emptyHeap(Run run, Provider provider, Path data) throws Exception {
        Sluice sluice = Sluice.start(run, provider, SETTINGS, data);
        awaitReady(sluice);
        long used = Heap.used(sluice.pid());
        sluice.close();
        return used;
    }

    private static double idle(Sluice sluice, int seconds) throws IOException, InterruptedException {
        long cpu = Proc.cpuNanos(sluice.pids());
        long from = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        return 100.0 * (Proc.cpuNanos(sluice.pids()) - cpu) / (System.nanoTime() - from);
    }

    private static void awaitReady(Sluice sluice) throws IOException, InterruptedException {
        while (send(sluice, HttpRequest.newBuilder(), "/health/ready").statusCode() != 200) {
            Thread.sleep(5);
        }
    }

    private static Retimed retime(Sluice sluice, String token) {
        long began = System.nanoTime();
        var request = HttpRequest.newBuilder()
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\":\"benchmark\"}"));
        try {
            String body = send(sluice, request, "/api/ops/windows/retime").body();
            return new Retimed(body, (System.nanoTime() - began) / 1e9);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private static HttpResponse<String> send(Sluice sluice, HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    request.uri(URI.create("http://127.0.0.1:" + sluice.port() + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    /// @param answer what the service said
    private record Retimed(String answer, double seconds) {}
}
