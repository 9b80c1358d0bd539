package dev.sluice.ui.store;

import dev.sluice.model.ops.OpsSnapshot;
import java.util.EnumMap;
import java.util.Map;

/// Samples every [Metric] once a second: counters as rates, others as they stand.
///
/// Confined to the store's lock, except for reading the series.
final class Trends {
    /// Five minutes.
    static final int SAMPLES = 300;

    private static final long SECOND = 1_000_000_000L;
    /// Up to this many seconds between samples are jitter, filled evenly; more is a hole, shown as one.
    private static final long JITTER_SECONDS = 3;

    private final Map<Metric, Series> series = new EnumMap<>(Metric.class);
    private final Map<Metric, Double> last = new EnumMap<>(Metric.class);
    private long lastSecond;

    Trends() {
        for (var metric : Metric.values()) {
            series.put(metric, new Series(SAMPLES));
        }
    }

    Series series(Metric metric) {
        var found = series.get(metric);
        if (found == null) {
            throw new IllegalArgumentException("no series of " + metric);
        }
        return found;
    }

    void sample(OpsSnapshot snapshot, long nanos) {
        long second = Math.floorDiv(nanos, SECOND);
        boolean first = last.isEmpty();
        long elapsed = second - lastSecond;
        if (!first && elapsed < 1) {
            return;
        }
        lastSecond = second;
        for (var metric : Metric.values()) {
            double value = metric.of(snapshot);
            var before = last.put(metric, value);
            if (before != null) {
                append(series(metric), elapsed, metric.counter() ? Math.max(0, value - before) / elapsed : value);
            } else if (!metric.counter()) {
                series(metric).add(value);
            }
        }
    }

    void gap() {
        series.values().forEach(s -> s.add(Double.NaN));
    }

    private static void append(Series target, long elapsed, double value) {
        boolean hole = elapsed > JITTER_SECONDS;
        for (long i = 1; i < Math.min(elapsed, SAMPLES); i++) {
            target.add(hole ? Double.NaN : value);
        }
        target.add(hole ? Double.NaN : value);
    }
}
