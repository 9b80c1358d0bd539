package dev.sluice.bench;

import dev.sluice.bench.Pairs.Measure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// P4 and P5: many clients of one streamed answer.
final class StreamSuite implements Suite {
    private static final int CLIENTS = 200;
    private static final int JOINERS = 10;
    private static final int CHUNK_BYTES = 64;

    private final Keys keys = new Keys();

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String about() {
        return "P4, P5: late joiners of a stream and 200 clients on one flight, beside Varnish";
    }

    @Override
    public void run(Run run) throws Exception {
        var all = Contenders.withVarnish(run, 30);
        for (Contender side : all.sides()) {
            for (int i = 0; i < run.count(4, 1); i++) {
                tail(side);
            }
        }
        join(run, all);
        tails(run, all);
    }

    /// P4.
    private void join(Run run, Contenders all) throws Exception {
        List<Measure> measures = new ArrayList<>();
        all.sides().forEach(side -> measures.add(() -> firstText(side)));
        double[][] taken = Pairs.take(run.tailPairs(), measures);
        String what = "late joiner of a stream: first text, median of " + JOINERS;
        if (taken.length < 2) {
            run.report().unmeasured("P4", what, Report.ABSENT);
            return;
        }
        double[] more = new double[taken[0].length];
        for (int i = 0; i < more.length; i++) {
            more[i] = taken[0][i] - taken[1][i];
        }
        var limit = Limit.atMost(10);
        double difference = Pairs.median(more);
        run.report()
                .add(new Row(
                        "P4",
                        what,
                        Numbers.text(Pairs.median(taken[0])) + " ms",
                        Numbers.text(Pairs.median(taken[1])) + " ms (Varnish)",
                        Numbers.text(difference) + " ms more",
                        limit.text(" ms more"),
                        limit.verdict(difference)));
    }

    /// Returns how long joiners at different moments of a stream wait for its first text, in milliseconds.
    private double firstText(Contender side) throws IOException, InterruptedException {
        byte[] request = side.ask(keys.next(), Plan.stream(20, 100, 20_000, CHUNK_BYTES));
        try (var first = new Readers(side.port());
                var joiners = new Readers(side.port())) {
            first.open(1);
            joiners.open(JOINERS);
            joiners.target(1);
            first.ask(0, request);
            for (int i = 0; i < JOINERS; i++) {
                Thread.sleep(150);
                joiners.ask(i, request);
            }
            joiners.awaitAnswered(10_000);
            if (!joiners.await(10_000, () -> joiners.reached(1).count() == JOINERS)) {
                throw new IOException("joiners of " + side.name() + " without text: " + joiners.counts());
            }
            return Numbers.millis(joiners.reached(1).median());
        }
    }

    /// P5.
    private void tails(Run run, Contenders all) throws Exception {
        List<Measure> measures = new ArrayList<>();
        all.sides().forEach(side -> measures.add(() -> tail(side)));
        String what = CLIENTS + " clients on one flight: p99 of chunks after they were sent";
        for (var found : Pairs.compare(run.tailPairs(), measures)) {
            run.report().compared("P5", what, found, "Varnish", " ms", Limit.atMost(1.5));
        }
        if (all.peers().isEmpty()) {
            run.report().unmeasured("P5", what, Report.ABSENT);
        }
    }

    private double tail(Contender side) throws IOException, InterruptedException {
        int chunks = 150;
        byte[] request = side.ask(keys.next(), Plan.stream(300, chunks, 20_000, CHUNK_BYTES));
        try (var readers = new Readers(side.port())) {
            readers.open(CLIENTS);
            readers.note();
            readers.ask(_ -> request);
            long wanted = (long) chunks * CLIENTS;
            if (!readers.await(20_000, () -> readers.counts().delivered() >= wanted)
                    || readers.counts().disordered() > 0) {
                throw new IOException("chunks are missing at " + side.name() + ": " + readers.counts());
            }
            return Numbers.millis(readers.delays().percentile(99));
        }
    }
}
