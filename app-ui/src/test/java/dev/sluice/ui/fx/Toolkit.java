package dev.sluice.ui.fx;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/// The FX thread, for tests: started once per JVM, asked synchronously.
public final class Toolkit {
    private static final long PATIENCE_SECONDS = 20;

    private Toolkit() {}

    /// Starts the toolkit if it does not run yet.
    public static void start() {
        var started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) {
            started.countDown();
        }
        Platform.setImplicitExit(false);
        await(started);
    }

    /// Runs on the FX thread and returns what comes of it.
    public static <T> T on(Supplier<T> work) {
        var result = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Runs on the FX thread and waits for its end.
    public static void run(Runnable work) {
        on(() -> {
            work.run();
            return true;
        });
    }

    /// Waits, pulse by pulse, until something is so.
    ///
    /// @throws AssertionError if it is not within ten seconds
    public static void until(String what, BooleanSupplier so) {
        var reached = new CountDownLatch(1);
        var timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                if (so.getAsBoolean()) {
                    stop();
                    reached.countDown();
                }
            }
        };
        run(timer::start);
        try {
            if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not so within " + PATIENCE_SECONDS + " s: " + what);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            run(timer::stop);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the toolkit did not start");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
