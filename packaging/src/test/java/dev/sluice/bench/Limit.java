package dev.sluice.bench;

import java.util.Locale;

/// What a goal asks of a number.
///
/// @param most whether the number is to be this at most, else at least
record Limit(double value, boolean most) {
    static Limit atMost(double value) {
        return new Limit(value, true);
    }

    static Limit atLeast(double value) {
        return new Limit(value, false);
    }

    boolean metBy(double measured) {
        return most ? measured <= value : measured >= value;
    }

    /// Returns `met`, or by how much it was missed.
    String verdict(double measured) {
        if (metBy(measured)) {
            return "met";
        }
        if (value == 0 || !Double.isFinite(measured)) {
            return "missed";
        }
        double percent = 100 * (most ? measured / value - 1 : 1 - measured / value);
        return "missed by " + (percent < 1 ? String.format(Locale.ROOT, "%.1f", percent) : Math.round(percent)) + " %";
    }

    /// Returns the limit as people write it.
    ///
    /// @param unit such as `x` or ` ms`
    String text(String unit) {
        return (most ? "<= " : ">= ") + Numbers.text(value) + unit;
    }
}
