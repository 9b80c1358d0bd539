package dev.sluice.ui.overview;

import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fx.Figures;

/// The secondary figures of the first screen.
enum Gauge {
    LISTENERS("Listening", "Requests waiting on flights now"),
    STREAMS("Open streams", "Event streams open now, consoles included"),
    QUEUE_WAIT("Queue wait p95", "Wait for a provider slot; 95 of 100 requests waited less"),
    FIRST_TOKEN("First token p95", "Time to the first text; 95 of 100 requests got it sooner"),
    LATENCY("Latency p95", "Whole requests; 95 of 100 took less"),
    ERRORS("Errors", "Failed requests since the service started, and their share of all requests"),
    BYPASSED("Bypassed", "Requests that called the provider alone"),
    REJECTED("Rejected", "Requests refused before they had a role");

    private final String title;
    private final String meaning;

    Gauge(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    String write(OpsSnapshot snapshot) {
        var load = snapshot.load();
        return switch (this) {
            case LISTENERS -> Figures.count(load.listeners());
            case STREAMS -> Figures.count(load.openStreams());
            case QUEUE_WAIT -> Figures.millis(load.queueWaitP95Ms());
            case FIRST_TOKEN -> Figures.millis(load.ttftP95Ms());
            case LATENCY -> Figures.millis(load.latencyP95Ms());
            case ERRORS -> errors(load);
            case BYPASSED -> Figures.count(snapshot.totals().bypassed());
            case REJECTED -> Figures.count(snapshot.totals().rejected());
        };
    }

    private static String errors(LoadView load) {
        return load.errors() == 0 ? "0" : Figures.count(load.errors()) + " · " + Figures.percent(load.errorRate());
    }
}
