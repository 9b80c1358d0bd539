package dev.sluice.bench;

/// Sleeps to moments of the monotonic clock.
final class Pause {
    private Pause() {}

    /// Returns at once if the moment has passed.
    static void until(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
