package dev.sluice.ui.fx;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/// Notices when the FX thread is busy for so long that operators feel it, and says where it was busy.
public final class FreezeWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FreezeWatch.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Duration limit;
    private final Thread fxThread;
    private final Thread watcher;

    /// Starts to watch. Call it on the FX thread.
    public FreezeWatch(Duration limit) {
        this.limit = limit;
        this.fxThread = Thread.currentThread();
        this.watcher = Thread.ofPlatform().name("freeze-watch").daemon(true).unstarted(this::run);
        watcher.start();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                var answered = new CountDownLatch(1);
                Platform.runLater(answered::countDown);
                if (!answered.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    report();
                    answered.await();
                }
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "freeze-watch closed");
        }
    }

    private void report() {
        var stack = fxThread.getStackTrace();
        LOG.log(
                System.Logger.Level.WARNING,
                "ui frozen longer_than_ms={0} at=\"{1}\"",
                limit.toMillis(),
                stack.length > 0 ? stack[0] : "unknown");
    }
}
