package dev.sluice.service.thread;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Nearest-rank percentiles of a handful of values; 0 where there are none.
final class Percentiles {
    private final double[] sorted;

    Percentiles(DoubleStream values) {
        sorted = values.toArray();
        Arrays.sort(sorted);
    }

    /// Returns the smallest value that at least `percent` of all values do not exceed.
    double at(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }

    double min() {
        return sorted.length == 0 ? 0 : sorted[0];
    }

    double max() {
        return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }
}
