package dev.sluice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Measures in turns, A B A B: what disturbs the machine disturbs both sides of a pair alike.
final class Pairs {
    private Pairs() {}

    /// One measurement of one side.
    interface Measure {
        double take() throws Exception;
    }

    /// What came of two sides.
    ///
    /// @param ours medians over all pairs
    /// @param peer the same
    /// @param ratio the median of ours / peer, pair by pair
    /// @param least the smallest of these ratios
    /// @param most the largest
    record Comparison(double ours, double peer, double ratio, double least, double most) {
        static Comparison of(double[] ours, double[] peer) {
            double[] ratios = new double[ours.length];
            Arrays.setAll(ratios, i -> ours[i] / peer[i]);
            return new Comparison(
                    median(ours),
                    median(peer),
                    median(ratios),
                    Arrays.stream(ratios).min().orElse(Double.NaN),
                    Arrays.stream(ratios).max().orElse(Double.NaN));
        }

        String spread() {
            return Numbers.text(ratio) + " (" + Numbers.text(least) + " - " + Numbers.text(most) + ")";
        }
    }

    /// Measures all sides so many times in turns and compares the first with each of the others.
    ///
    /// @param sides ours first
    static List<Comparison> compare(int pairs, List<Measure> sides) throws Exception {
        double[][] taken = take(pairs, sides);
        List<Comparison> comparisons = new ArrayList<>();
        for (int side = 1; side < taken.length; side++) {
            comparisons.add(Comparison.of(taken[0], taken[side]));
        }
        return comparisons;
    }

    /// Returns what each side measured, turn by turn.
    static double[][] take(int pairs, List<Measure> sides) throws Exception {
        double[][] taken = new double[sides.size()][pairs];
        for (int turn = 0; turn < pairs; turn++) {
            for (int side = 0; side < taken.length; side++) {
                taken[side][turn] = sides.get(side).take();
            }
        }
        return taken;
    }

    static double median(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
