package dev.sluice.bench;

import java.util.Arrays;

/// Measured numbers, any unit: grows while measuring, then answers percentiles. Used by one thread at a time.
final class Sample {
    private long[] values = new long[1 << 10];
    private int count;
    private boolean sorted = true;

    static Sample of(long... values) {
        var sample = new Sample();
        for (long value : values) {
            sample.add(value);
        }
        return sample;
    }

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
        sorted = false;
    }

    void add(Sample others) {
        for (int i = 0; i < others.count; i++) {
            add(others.values[i]);
        }
    }

    int count() {
        return count;
    }

    double sum() {
        return Arrays.stream(values, 0, count).sum();
    }

    /// Returns the smallest value that so many percent of all are not above (nearest rank); NaN if there is none.
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        sort();
        int rank = (int) Math.ceil(percent / 100 * count);
        return values[Math.clamp(rank, 1, count) - 1];
    }

    double median() {
        return percentile(50);
    }

    double max() {
        return percentile(100);
    }

    /// Returns the number that is worst where one is wanted; NaN if there is none.
    double farthestFrom(double wanted) {
        double least = percentile(0);
        double most = max();
        return Math.abs(most - wanted) > Math.abs(wanted - least) ? most : least;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
    }
}
