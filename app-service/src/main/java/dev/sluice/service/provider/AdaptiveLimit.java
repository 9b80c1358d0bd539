package dev.sluice.service.provider;

/// A concurrency limit that halves when the provider struggles and grows back by one per round of successes.
///
/// One bad moment fails many calls at once; only a failure of a call granted after the last cut cuts again. Not
/// thread-safe.
final class AdaptiveLimit {
    private int most;
    private double current;
    private long generation;

    AdaptiveLimit(int most) {
        this.most = most;
        this.current = most;
    }

    /// Returns the calls that may be in the air now, at least 1.
    int value() {
        return (int) current;
    }

    /// Returns the mark a call carries from its grant to its outcome.
    long generation() {
        return generation;
    }

    /// Counts a call that ended well.
    void success() {
        current = Math.min(most, current + 1 / current);
    }

    /// Counts a call, granted in `callGeneration`, that failed by 429 or 5xx.
    void struggle(long callGeneration) {
        if (callGeneration == generation) {
            current = Math.max(1, Math.floor(current / 2));
            generation++;
        }
    }

    /// Changes the ceiling; an unreduced limit follows it up, a reduced one grows there.
    void resize(int newMost) {
        current = current >= most ? newMost : Math.min(current, newMost);
        most = newMost;
    }
}
