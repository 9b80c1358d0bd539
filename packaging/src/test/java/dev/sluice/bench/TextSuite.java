package dev.sluice.bench;

import java.io.IOException;
import java.sql.SQLException;
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
        Sluice sluice = Sluice.start(
                run, Provider.start(run), Map.of("CONSOLIDATION_WINDOW", "1h", "CONSOLIDATION_MAX_TEXTS", "1000"));
        var sides = new Sides(
                run.own(new LoadGenerator(sluice.port(), CLIENTS)),
                run.own(new LoadGenerator(sluice.port(), 4)),
                new Texts(sluice.port()),
                run.own(new RawStore(run.newDirectory("raw"))),
                run.count(5, 2));
        sides.ones.closed(sides.texts::one, run.count(30, 2));
        sides.many.closed(sides::hundred, run.count(10, 2));

        double rate = rates(run, sides);
        waits(run, sides, sluice.port(), rate);
    }

    /// P16; returns our rate of single texts, a second.
    private static double rates(Run run, Sides sides) throws Exception {
        var ones = Pairs.compare(
                        run.pairs(), List.of(sides::onesPerSecond, () -> sides.raw.perSecond(CLIENTS, sides.seconds)))
                .getFirst();
        run.report()
                .compared(
                        "P16",
                        "texts a second, one in each of " + CLIENTS + " deliveries at a time",
                        ones,
                        "raw JDBC, " + CLIENTS + " a commit",
                        "/s",
                        Limit.atLeast(0.15));
        var many = Pairs.compare(
                        run.pairs(), List.of(sides::manyPerSecond, () -> sides.raw.perSecond(MANY, sides.seconds)))
                .getFirst();
        run.report()
                .compared(
                        "P16",
                        "texts a second, deliveries of " + MANY,
                        many,
                        "raw JDBC, " + MANY + " a commit",
                        "/s",
                        Limit.atLeast(0.5));
        return ones.ours();
    }

    /// P17.
    private static void waits(Run run, Sides sides, int port, double rate) throws Exception {
        var lone = new Sample();
        try (var client = new LoadGenerator(port, 1)) { // now: an idle connection does not last as long as P16
            for (int i = 0; i < run.count(5, 1); i++) {
                lone.add((long)
                        checked(client.closed(sides.texts::one, 2)).nanos().median());
            }
        }
        run.report()
                .absolute(
                        "P17",
                        "a lone text: p50 of its acknowledgement",
                        Numbers.millis(lone.median()),
                        " ms",
                        Limit.atMost(2));
        int commits = run.count(2_000, 200);
        var tail = Pairs.compare(
                        run.tailPairs(), List.of(() -> sides.tailMillis(rate / 2), () -> sides.rawTailMillis(commits)))
                .getFirst();
        run.report()
                .compared(
                        "P17",
                        "acknowledgement at half of that rate, p99",
                        tail,
                        "a raw commit",
                        " ms",
                        Limit.atMost(3));
    }

    private static LoadGenerator.Result checked(LoadGenerator.Result result) {
        if (result.failed() > 0) {
            throw new IllegalStateException(result.failed() + " deliveries failed");
        }
        return result;
    }

    /// @param ones clients that deliver a text at a time
    /// @param many clients that deliver a hundred
    /// @param seconds how long a rate is measured
    private record Sides(LoadGenerator ones, LoadGenerator many, Texts texts, RawStore raw, double seconds) {
        byte[] hundred() {
            return texts.many(MANY);
        }

        double onesPerSecond() throws IOException {
            return checked(ones.closed(texts::one, seconds)).perSecond();
        }

        double manyPerSecond() throws IOException {
            return MANY * checked(many.closed(this::hundred, seconds)).perSecond();
        }

        double tailMillis(double perSecond) throws IOException {
            return Numbers.millis(
                    checked(ones.paced(texts::one, perSecond, seconds)).nanos().percentile(99));
        }

        double rawTailMillis(int commits) throws SQLException {
            return Numbers.millis(raw.commits(1, commits).percentile(99));
        }
    }
}
