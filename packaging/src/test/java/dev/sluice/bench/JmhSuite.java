package dev.sluice.bench;

import dev.sluice.bench.JmhRuns.Found;
import dev.sluice.bench.JmhRuns.Measured;
import dev.sluice.bench.jmh.Appends;
import dev.sluice.bench.jmh.Deliveries;
import dev.sluice.bench.jmh.FanIn;
import dev.sluice.bench.jmh.Hits;
import dev.sluice.bench.jmh.Leads;
import dev.sluice.bench.jmh.Listeners;
import dev.sluice.bench.jmh.RequestKeys;
import java.io.IOException;
import java.util.List;

/// P9 and the rate of P14: the engines inside one process, under JMH.
final class JmhSuite implements Suite {
    private static final String CAFFEINE = "Caffeine AsyncCache";
    private static final String RATE = " M/s";

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String about() {
        return "P9, P14: the engines in one process under JMH, beside Caffeine and Guava";
    }

    @Override
    public void run(Run run) throws IOException {
        var jmh = new JmhRuns(run);
        listeners(run.report());
        hits(run.report(), jmh.measure(Hits.class));
        leads(run.report(), jmh.measure(Leads.class));
        run.report()
                .compared(
                        "P9",
                        "fan-in of 10 000: from the end of the work to the last answer",
                        jmh.measure(FanIn.class).compared("sluice", "caffeine"),
                        CAFFEINE,
                        " ms",
                        Limit.atMost(1.5));
        keys(run.report(), jmh.measure(RequestKeys.class));
        appends(run.report(), jmh.measure(Appends.class));
        deliveries(run.report(), jmh.measure(Deliveries.class));
    }

    private static void listeners(Report report) throws IOException {
        for (boolean streamed : new boolean[] {false, true}) {
            report.absolute(
                    "P9",
                    "heap of a listener besides its thread" + (streamed ? ", streamed" : ""),
                    Listeners.bytes(streamed),
                    " B",
                    Limit.atMost(512));
        }
    }

    private static void hits(Report report, Found found) throws IOException {
        for (String keys : List.of("1", "1024")) {
            String ours = "sluice:" + keys;
            String what = "hit, two threads, keys: " + keys;
            report.compared("P9", what, found.compared(ours, "caffeine:" + keys), CAFFEINE, RATE, Limit.atLeast(0.5));
            report.compared(
                    "P9", what, found.compared(ours, "guava:" + keys), "Guava LoadingCache", RATE, Limit.atLeast(1.5));
        }
        report.told("P9", "hit: allocated", allocated(found.of("sluice:1024")), allocated(found.of("caffeine:1024")));
    }

    private static void leads(Report report, Found found) throws IOException {
        report.compared(
                "P9",
                "lead and complete, the work on a thread of its own",
                found.compared("sluice", "caffeine"),
                CAFFEINE,
                RATE,
                Limit.atLeast(0.7));
        report.told(
                "P9",
                "lead and complete: each stored as a session; the peer without a thread",
                Numbers.text(found.of("sluiceStored").score()) + RATE,
                Numbers.text(found.of("caffeineInPlace").score()) + RATE);
        report.told(
                "P9", "lead and complete: allocated", allocated(found.of("sluice")), allocated(found.of("caffeine")));
    }

    private static void keys(Report report, Found found) throws IOException {
        for (String body : List.of("text", "tools")) {
            report.absolute(
                    "P9",
                    "key of a request with a body of 4 KB of " + body,
                    found.of("key:" + body).score(),
                    " us",
                    Limit.atMost(40));
            report.told(
                    "P9",
                    "with an Idempotency-Key; of it the body's hash",
                    Numbers.text(found.of("both:" + body).score()) + " us, "
                            + Numbers.text(found.of("hash:" + body).score()) + " us",
                    "");
        }
    }

    private static void appends(Report report, Found found) throws IOException {
        for (String kind : List.of("inMemory", "stored")) {
            report.absolute(
                    "P14",
                    "append to visible, 200 B, one reader, " + (kind.equals("stored") ? "stored" : "in memory"),
                    found.of(kind).score(),
                    "/s",
                    Limit.atLeast(200_000));
        }
        report.told(
                "P14",
                "the same until 10 000 events are durable; allocated for an event",
                Numbers.text(found.of("storedUntilDurable").score()) + "/s, "
                        + allocated(found.of("storedUntilDurable")),
                "");
    }

    private static void deliveries(Report report, Found found) throws IOException {
        report.told("P10", "deliveries of one event to 100 waiting readers", delivered(found.of("live")), "");
        report.told("P13", "deliveries of 10 000 events to a late reader", delivered(found.of("catchUp")), "");
    }

    private static String delivered(Measured measured) {
        return Numbers.text(measured.score()) + "/s, " + allocated(measured);
    }

    private static String allocated(Measured measured) {
        return Numbers.text(measured.bytes()) + " B";
    }
}
