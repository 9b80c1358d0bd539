package dev.sluice.ui.fake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waits for something that other threads bring about.
public final class Eventually {
    private static final long PATIENCE_SECONDS = 20;

    private Eventually() {}

    /// Waits until something is so.
    ///
    /// @throws AssertionError if it is not within twenty seconds
    public static void until(String what, BooleanSupplier so) throws InterruptedException {
        var reached = new CountDownLatch(1);
        try (var watch = Executors.newSingleThreadScheduledExecutor()) {
            var looking = watch.scheduleWithFixedDelay(
                    () -> {
                        if (so.getAsBoolean()) {
                            reached.countDown();
                        }
                    },
                    0,
                    2,
                    TimeUnit.MILLISECONDS);
            boolean happened = reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            looking.cancel(true);
            watch.shutdownNow();
            if (!happened) {
                throw new AssertionError("not so within " + PATIENCE_SECONDS + " s: " + what);
            }
        }
    }
}
