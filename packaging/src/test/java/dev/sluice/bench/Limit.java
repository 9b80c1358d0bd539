package dev.sluice.bench;

import java.util.Locale;

/// What a goal asks of a number: no less than this, and no more.
record Limit(double least, double most) {
    static Limit atMost(double value) {
        return new Limit(Double.NEGATIVE_INFINITY, value);
    }

    static Limit atLeast(double value) {
        return new Limit(value, Double.POSITIVE_INFINITY);
    }

    static Limit exactly(double value) {
        return new Limit(value, value);
    }

    boolean metBy(double measured) {
        return measured >= least && measured <= most;
    }

    /// Returns `met`, or by how much it was missed.
    String verdict(double measured) {
        if (metBy(measured)) {
            return "met";
        }
        double passed = measured > most ? most : least;
        if (passed == 0 || !Double.isFinite(passed) || !Double.isFinite(measured)) {
            return "missed";
        }
        double percent = 100 * Math.abs(measured / passed - 1);
        return "missed by " + (percent < 1 ? String.format(Locale.ROOT, "%.1f", percent) : Math.round(percent)) + " %";
    }

    /// Returns the limit as people write it.
    ///
    /// @param unit such as `x` or ` ms`
    String text(String unit) {
        if (least == most) {
            return "= " + Numbers.text(most) + unit;
        }
        return (Double.isFinite(most) ? "<= " + Numbers.text(most) : ">= " + Numbers.text(least)) + unit;
    }
}
