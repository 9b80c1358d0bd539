package dev.sluice.service.provider;

/// A token bucket that keeps one number: the time at which it will be full again.
///
/// Exact in nanoseconds, so "the next token's time" is a time at which the token is there. Not thread-safe.
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private long interval;
    private long burst;
    private long fullAt;

    TokenBucket(double perSecond, int burst, long now) {
        this.interval = interval(perSecond);
        this.burst = burst;
        this.fullAt = now;
    }

    /// Returns the nanoseconds until a token is there; zero or less means now.
    long nanosToNext(long now) {
        return fullAt - now - (burst - 1) * interval;
    }

    /// Takes a token, which must be there.
    void take(long now) {
        fullAt = Math.max(fullAt, now) + interval;
    }

    /// Puts back a token that was taken for nothing.
    void putBack() {
        fullAt -= interval;
    }

    /// Returns the nanoseconds in which `count` tokens flow in.
    long nanosFor(int count) {
        return count * interval;
    }

    /// Changes rate and size; what has been taken stays taken, up to one new bucket.
    void resize(double perSecond, int newBurst, long now) {
        double taken = Math.min(Math.max(0, fullAt - now) / (double) interval, newBurst);
        interval = interval(perSecond);
        burst = newBurst;
        fullAt = now + Math.round(taken * interval);
    }

    private static long interval(double perSecond) {
        return Math.max(1, Math.round(NANOS_PER_SECOND / perSecond));
    }
}
