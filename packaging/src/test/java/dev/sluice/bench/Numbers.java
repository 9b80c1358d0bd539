package dev.sluice.bench;

import java.util.Locale;

/// Numbers as a table shows them: three figures that count.
final class Numbers {
    private Numbers() {}

    static String text(double value) {
        if (!Double.isFinite(value)) {
            return "none";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 100) {
            return Long.toString(Math.round(value));
        }
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }

    static double millis(double nanos) {
        return nanos / 1e6;
    }
}
