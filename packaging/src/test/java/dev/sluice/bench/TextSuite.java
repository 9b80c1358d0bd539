package dev.sluice.bench;

import java.util.List;
import java.util.Map;

/// P16 and P17: texts that are taken, durably, beside what SQLite itself can do.
final class TextSuite implements Suite {
    private static final int CLIENTS = 64;
    private static final int MANY = 100;

    @Override
    public String name() {
        return "texts";
    }

    @Override
    public String about() {
        return "P16, P17: durable texts a second and how long one waits, beside a raw JDBC loop";
    }

    @Override
    public void run(Run run) throws Exception {
        Provider provider = Provider.start(run);
        Sluice sluice =
                Sluice.start(run, provider, Map.of("CONSOLIDATION_WINDOW", "1h", "CONSOLIDATION_MAX_TEXTS", "1000"));
        var raw = run.own(new RawStore(run.newDirectory("raw")));
        var texts = new Texts(sluice.port());
        var many = run.own(new Load(sluice.port(), 4));
        var ones = run.own(new Load(sluice.port(), CLIENTS));
        var lone = run.own(new Load(sluice.port(), 1));
        ones.closed(texts::one, run.count(10, 2));
        many.closed(() -> texts.many(MANY), run.count(6, 2));

        double seconds = run.count(5, 2);
        var found = compare(run, ones, texts, raw, seconds);
        run.report()
                .compared(
                        "P16",
                        "texts a second, one in each of " + CLIENTS + " deliveries at a time",
                        found,
                        "raw JDBC, " + CLIENTS + " a commit",
                        "/s",
                        Limit.atLeast(0.15));
        run.report()
                .compared(
                        "P16",
                        "texts a second, deliveries of " + MANY,
                        Pairs.compare(
                                        run.pairs(),
                                        List.of(
                                                () -> MANY
                                                        * checked(many.closed(() -> texts.many(MANY), seconds))
                                                                .perSecond(),
                                                () -> raw.perSecond(MANY, seconds)))
                                .getFirst(),
                        "raw JDBC, " + MANY + " a commit",
                        "/s",
                        Limit.atLeast(0.5));
        var waits = new Sample();
        for (int i = 0; i < run.count(5, 1); i++) {
            waits.add((long) checked(lone.closed(texts::one, 2)).nanos().median());
        }
        run.report()
                .absolute(
                        "P17",
                        "a lone text: p50 of its acknowledgement",
                        Numbers.millis(waits.median()),
                        " ms",
                        Limit.atMost(2));
        run.report()
                .compared(
                        "P17",
                        "acknowledgement at half of that rate, p99",
                        Pairs.compare(
                                        run.tailPairs(),
                                        List.of(
                                                () -> Numbers.millis(
                                                        checked(ones.paced(texts::one, found.ours() / 2, seconds))
                                                                .nanos()
                                                                .percentile(99)),
                                                () -> Numbers.millis(raw.commits(1, run.count(2_000, 200))
                                                        .percentile(99))))
                                .getFirst(),
                        "a raw commit",
                        " ms",
                        Limit.atMost(3));
    }

    private static Pairs.Comparison compare(Run run, Load ones, Texts texts, RawStore raw, double seconds)
            throws Exception {
        return Pairs.compare(
                        run.pairs(),
                        List.of(
                                () -> checked(ones.closed(texts::one, seconds)).perSecond(),
                                () -> raw.perSecond(CLIENTS, seconds)))
                .getFirst();
    }

    private static Load.Result checked(Load.Result result) {
        if (result.failed() > 0) {
            throw new IllegalStateException(result.failed() + " deliveries failed");
        }
        return result;
    }
}
