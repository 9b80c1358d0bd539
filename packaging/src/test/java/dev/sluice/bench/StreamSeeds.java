package dev.sluice.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// What was promised of streams, and of cancelling a request.
final class StreamSeeds {
    private static final int STREAMS = 20;
    private static final int CHUNKS = 40;
    private static final int CHUNK_BYTES = 64;
    private static final int LISTENERS = 10;

    private final Run run;
    private final Provider provider;
    private final Sluice sluice;
    private final Keys keys = new Keys();
    private final Random random = new Random(STREAMS);

    StreamSeeds(Run run, Provider provider, Sluice sluice) {
        this.run = run;
        this.provider = provider;
        this.sluice = sluice;
    }

    void measure() throws Exception {
        firstTexts(run.count(5, 1));
        oneFlight(run.count(5, 1));
        cancel(run.count(40, 6));
    }

    private void firstTexts(int turns) throws Exception {
        var nanos = new Sample();
        for (int i = 0; i < turns; i++) {
            try (var readers = new Readers(sluice.port())) {
                readers.open(STREAMS);
                readers.target(1);
                readers.ask(_ -> sluice.ask(keys.next(), slow()));
                long wanted = (long) STREAMS * CHUNKS;
                if (!readers.await(20_000, () -> readers.counts().delivered() >= wanted)) {
                    throw new IOException("streams without their end: " + readers.counts());
                }
                nanos.add(readers.reached(1));
            }
        }
        SeedSuite.tell(
                run,
                "first text of " + nanos.count() + " streams, 20 at once, the provider's own after 300-1 000 ms: P95",
                Numbers.millis(nanos.percentile(95)),
                " ms",
                Limit.atMost(1_500));
    }

    /// Returns an answer of 1-3 s in all that begins early.
    private Plan slow() {
        int first = random.nextInt(300, 1_001);
        int whole = random.nextInt(1_000, 3_001);
        return Plan.stream(first, CHUNKS, (whole - first) * 1_000 / CHUNKS, CHUNK_BYTES);
    }

    private void oneFlight(int turns) throws Exception {
        var equal = new Sample();
        var calls = new Sample();
        for (int i = 0; i < turns; i++) {
            Plan plan = Plan.stream(300, CHUNKS, 20_000, CHUNK_BYTES);
            String path = Sluice.path(sluice.newThread(), plan);
            String message = Sluice.message(keys.next(), plan);
            provider.reset();
            List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, LISTENERS)
                    .mapToObj(_ -> sluice.client().posting(path, message))
                    .toList();
            List<Received> received =
                    asked.stream().map(each -> Received.of(each.join())).toList();
            String text = received.getFirst().data("delta");
            equal.add(received.stream()
                    .filter(each -> each.unbroken() == CHUNKS + 1 && each.endsWith("done"))
                    .filter(each -> each.data("delta").equals(text))
                    .count());
            calls.add(provider.stats().calls());
        }
        String what = "10 streams of one flight at once, the worst of " + turns + ": ";
        SeedSuite.tell(run, what + "whole and equal", equal.farthestFrom(LISTENERS), "", Limit.exactly(LISTENERS));
        SeedSuite.tell(run, what + "calls", calls.farthestFrom(1), "", Limit.exactly(1));
    }

    private void cancel(int turns) throws Exception {
        var answered = new Sample();
        var aborted = new Sample();
        for (int i = 0; i < turns; i++) {
            // every other one is in the middle of its text
            Plan plan = i % 2 == 0 ? Plan.plain(30_000, CHUNK_BYTES) : Plan.stream(0, 600, 50_000, CHUNK_BYTES);
            String id = keys.next();
            provider.reset();
            var waiting = sluice.client()
                    .posting(Sluice.path(sluice.newThread(), plan), Sluice.message(id, plan), "X-Request-Id", id);
            provider.awaitInAir(1);
            Thread.sleep(50);
            long began = System.nanoTime();
            var answer = sluice.client().post("/api/threads/cancel/" + id, "{}");
            answered.add(System.nanoTime() - began);
            if (!answer.body().contains("\"cancelled\"")) {
                throw new IOException("not cancelled: " + answer.body());
            }
            aborted.add(provider.await(5_000, stats -> stats.aborted() == 1).abortedNanos() - began);
            waiting.join();
        }
        String what = turns + " requests cancelled, half of them streams: the slowest ";
        SeedSuite.tell(run, what + "answer", Numbers.millis(answered.max()), " ms", Limit.atMost(300));
        SeedSuite.tell(
                run,
                what + "end of the provider's call, as the provider sees it",
                Numbers.millis(aborted.max()),
                " ms",
                Limit.atMost(300));
    }
}
